import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { SimulationResult } from "../../../protocol/flow/flow_simulation.ts";
import type { CallEvent } from "../../../protocol/pop_link/call_event.ts";
import type { ConfigurationIndex } from "../../configuration/configuration_index.ts";
import type { Interaction } from "../../interactions/interaction.ts";
import { nextDeadline } from "../../interactions/next_deadline.ts";
import { decide } from "../../tenants/decide.ts";
import type { TenantCommand } from "../../tenants/tenant_command.ts";
import { emptyTenantState } from "../../tenants/tenant_state.ts";
import type { Transition } from "../../tenants/transition.ts";
import type { StoredTraceItem } from "../trace/stored_trace_item.ts";
import { Agenda } from "./agenda.ts";
import { SIMULATION_LIMITS } from "./simulation_limits.ts";
import { virtualIds } from "./virtual_ids.ts";

export const SIMULATED_POP = "SIM";

/** A tenant's real machine with nobody in it but one contact, on a virtual clock. */
export class SimulatedWorld {
  readonly state = emptyTenantState();
  readonly agenda = new Agenda();
  readonly newId = virtualIds();
  readonly trace: StoredTraceItem[] = [];
  readonly heard: SimulationResult["heard"] = [];
  readonly asked: SimulationResult["asked"] = [];
  readonly problems: SimulationResult["problems"] = [];
  /** The contact's interaction; kept when it has ended. */
  it: Interaction | null = null;
  decisions = 0;

  /**
   * @param at Now, epoch ms.
   * @param done Called with every decision, for what its effects bring about.
   */
  constructor(
    readonly configuration: ConfigurationIndex,
    public at: number,
    readonly done: (transition: Transition) => void,
  ) {}

  get over(): boolean {
    return this.it !== null && !this.state.interactions.has(this.it.id);
  }

  /** When something is next due for the contact, epoch ms. */
  get deadline(): number {
    return this.over || !this.it ? Infinity : nextDeadline(this.it) ?? Infinity;
  }

  /** Decides on a command. A refusal is told as a problem. */
  send(command: TenantCommand): void {
    const { at, newId, configuration } = this;
    const seq = this.state.seq + 1;
    this.decisions += 1;
    let transition: Transition;
    try {
      transition = decide(this.state, command, { at, newId, configuration });
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
      return this.problem(null, error.message);
    }
    this.it ??= this.state.interactions.values().next().value ?? null;
    for (const [n, item] of transition.traces.entries()) {
      const whole = this.trace.length < SIMULATION_LIMITS.whole;
      const kept = whole ? item : { ...item, input: null, output: {} };
      this.trace.push({ id: `${seq}.${n + 1}`, item: kept });
    }
    this.done(transition);
  }

  call(event: CallEvent): void {
    if (!this.it) return;
    const callId = this.it.call?.callId ?? this.it.id;
    this.send({ type: "call-event", popId: SIMULATED_POP, callId, event });
  }

  agent(agentId: string, command: AgentCommand): void {
    this.send({ type: "agent", agentId, command });
  }

  /** @param step Number of the script's step, from 0. */
  problem(step: number | null, message: string): void {
    if (this.problems.length < SIMULATION_LIMITS.told) this.problems.push({ step, message });
  }

  hear(what: SimulationResult["heard"][number]): void {
    if (this.heard.length < SIMULATION_LIMITS.told) this.heard.push(what);
  }
}
