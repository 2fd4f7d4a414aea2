import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { indexConfiguration } from "../../../regions/configuration/configuration_index.ts";
import { decide } from "../../../regions/tenants/decide.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import { emptyTenantState } from "../../../regions/tenants/tenant_state.ts";
import { EventQueue } from "../clock/event_queue.ts";
import { Random } from "../random/random.ts";

/** A line to be simulated. Mean times in ms. */
export interface LineModel {
  agents: number;
  arrivalMs: number;
  serviceMs: number;
  /** Null: nobody gives up. */
  patienceMs: number | null;
  /** Callers who are counted, after as many as a fifth of them. */
  callers: number;
  seed: number;
}

/** What became of one caller. */
export interface CallerFate {
  waitMs: number;
  abandoned: boolean;
}

const POP = "FRA";
const NUMBER = "+4969900100";

/**
 * Plays a queue of callers through the real deciders: every arrival, hang-up and wrap-up is a
 * command, and whom an agent is joined to is what the core decided. Agents accept at once, join at
 * once and wrap up at once. In the order of arrival.
 */
export function simulateLine(model: LineModel): CallerFate[] {
  const random = new Random("line", model.seed, model.agents);
  const queue = new EventQueue(1_000_000);
  const state = emptyTenantState();
  const configuration = configurationOf(model.agents);
  const callers: { id: string; at: number; fate: CallerFate | null }[] = [];
  const indexOf = (id: string) => Number.parseInt(id.slice(-12), 16);
  let ids = 0;
  const newId = () => uuid(1, ids++);

  const submit = (command: TenantCommand) => {
    const { events } = decide(state, command, { at: queue.now, newId, configuration });
    for (const event of events) {
      if (event.type !== "interaction.connecting") continue;
      const { interactionId, agentId, legId } = event;
      const caller = callers[indexOf(interactionId)];
      caller.fate = { waitMs: queue.now - caller.at, abandoned: false };
      call(interactionId, { type: "leg.joined", legId, agentId, codec: "PCMU" });
      queue.after(random.exponential(model.serviceMs), () => served(interactionId, agentId));
    }
  };
  const call = (
    callId: string,
    event: Extract<TenantCommand, { type: "call-event" }>["event"],
  ) => submit({ type: "call-event", popId: POP, callId, event });
  const served = (id: string, agentId: string) => {
    call(id, { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null });
    const command = { type: "interaction.wrap-up", interactionId: id, code: "done" } as const;
    submit({ type: "agent", agentId, command });
  };
  const arrive = () => {
    const id = uuid(2, callers.length);
    const caller: typeof callers[number] = { id, at: queue.now, fate: null };
    callers.push(caller);
    call(id, {
      type: "call.offered",
      legId: newId(),
      trunkId: newId(),
      from: "+4930100",
      to: NUMBER,
      transport: "sip-udp",
    });
    call(id, { type: "call.answered", codec: "PCMU" });
    if (model.patienceMs !== null && !caller.fate) {
      queue.after(random.exponential(model.patienceMs), () => {
        if (caller.fate) return;
        caller.fate = { waitMs: queue.now - caller.at, abandoned: true };
        call(id, { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null });
      });
    }
    if (callers.length < all) queue.after(random.exponential(model.arrivalMs), arrive);
  };

  for (let i = 0; i < model.agents; i++) {
    const agentId = `agent-${i}`;
    submit({ type: "presence", agentId, edgeId: "local", connected: true });
    submit({ type: "softphone", popId: POP, agentId, connected: true });
    submit({ type: "agent", agentId, command: { type: "agent.set-state", state: "available" } });
  }
  const warmUp = Math.floor(model.callers / 5);
  const all = model.callers + warmUp;
  arrive();
  while (queue.step());
  return callers.slice(warmUp).map((caller) => caller.fate!);
}

function configurationOf(agents: number) {
  const document = TenantConfiguration.parse({
    sites: [{ id: "hq", name: "Headquarters" }],
    teams: [{ id: "desk", name: "Desk", siteId: "hq" }],
    agents: Array.from({ length: agents }, (_, i) => ({
      id: `agent-${i}`,
      name: `Agent ${i}`,
      username: `agent-${i}`,
      teamIds: ["desk"],
    })),
    queues: [{
      id: "line",
      name: "Line",
      kind: "voice",
      acceptance: "automatic",
      distribution: [{ afterSeconds: 0, teamIds: ["desk"] }],
    }],
    idleCodes: [],
    wrapUpCodes: [{ id: "done", name: "Done" }],
    entryPoints: [{ id: "main", name: "Main", channel: "voice", number: NUMBER, flowId: "wait" }],
    flows: [{
      id: "wait",
      name: "Wait",
      kind: "voice",
      start: "queue",
      activities: { queue: { type: "queue", queueId: "line" } },
    }],
    settings: { maxQueueSeconds: 86_400 },
  });
  return indexConfiguration(
    document,
    new Map([["wait", "wait-v1"]]),
    new Map([["wait-v1", document.flows[0]]]),
  );
}

function uuid(kind: number, n: number): string {
  return `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}
