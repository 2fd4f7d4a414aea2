import type { Message } from "../../protocol/interaction/message.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import type { Effect } from "../effects/effect.ts";
import { effectsOf } from "../effects/effects_of.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { evolve } from "./evolve.ts";
import type { FlowEventName } from "../../protocol/flow/flow_event_name.ts";
import { RAISES } from "../flows/raises.ts";
import type { RaisedEvent } from "../flows/raised_event.ts";
import type { TraceItem } from "../flows/trace/trace_item.ts";
import type { TenantEvent } from "./tenant_event.ts";
import type { TenantState } from "./tenant_state.ts";

/** What a decision may look at besides the state. Everything impure comes in here. */
export interface DecisionContext {
  /** Now, epoch ms. */
  at: number;
  /** Makes a fresh UUIDv7. */
  newId: () => string;
  configuration: ConfigurationIndex;
}

/**
 * One decision in the making: each emitted event is applied at once, so that what follows decides
 * on what has just happened. Deciders check everything before they emit the first event.
 */
export class Transition {
  readonly events: TenantEvent[] = [];
  readonly effects: Effect[] = [];
  /** Bodies of the messages that the events name: stored beside the log in one transaction. */
  readonly messages: Message[] = [];
  /** Interactions that ended, for their lasting records. */
  readonly ended: Interaction[] = [];
  /** Agents and capacity based teams for whom work is to be found before the decision ends. */
  readonly freed: ({ agentId: string } | { teamId: string })[] = [];
  /** Those of `freed` who are teams, once the agents had their turn. */
  readonly freedTeams = new Set<string>();
  /** Agents of whom the configuration no longer knows, who may have nothing left to do. */
  readonly leaving = new Set<string>();
  /** Waiting contacts for whom an agent is to be found before the decision ends. */
  readonly seeking: Interaction[] = [];
  /** Contacts who have waited long enough, unless an agent is found for them in this decision. */
  readonly waited: Interaction[] = [];

  /** What happened that flows may have handlers for. */
  readonly raised: RaisedEvent[] = [];
  /** What the steps of flows did; stored beside the log for a while. */
  readonly traces: TraceItem[] = [];

  constructor(readonly state: TenantState, readonly context: DecisionContext) {}

  get at(): number {
    return this.context.at;
  }

  get configuration(): ConfigurationIndex {
    return this.context.configuration;
  }

  emit(event: TenantEvent): void {
    if (event.type === "interaction.ended") {
      const ending = this.state.interactions.get(event.interactionId);
      if (ending) this.ended.push(ending);
    }
    evolve(this.state, event, this.at);
    this.events.push(event);
    this.effects.push(...effectsOf(this.state, event));
    const raises = RAISES[event.type];
    if (raises && "interactionId" in event) {
      const agentId = "agentId" in event ? event.agentId : null;
      this.raise(event.interactionId, raises, { agentId });
    }
  }

  /** Tells the handlers of an interaction's flow of an event, once the decision is made. */
  raise(
    interactionId: string,
    event: FlowEventName,
    { name, agentId }: { name?: string; agentId?: string | null } = {},
  ): void {
    this.raised.push({ interactionId, event, name, agentId: agentId ?? null });
  }
}
