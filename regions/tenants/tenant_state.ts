import type { Agent } from "../agents/agent.ts";
import { OutgoingCalls } from "../callbacks/outgoing_calls.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { QueuePace } from "../queues/queue_pace.ts";
import { RoutingIndex } from "../routing/routing_index.ts";

/**
 * All that a tenant's machine knows. It is a value owned by one runner: `evolve` changes it in
 * place, and replaying the same events makes the same facts. `routing` is derived from the others.
 */
export interface TenantState {
  /** Number of the last event applied. */
  seq: number;
  agents: Map<string, Agent>;
  interactions: Map<string, Interaction>;
  /** Open digital interactions by `assetId/contact`. */
  conversations: Map<string, string>;
  /** How fast queues are served, by queue. */
  paces: Map<string, QueuePace>;
  /** Calls that capacity based teams have, by team. */
  outsideCalls: Map<string, number>;
  /** Ids of the calls that ended last: a PoP may tell again of one that is over. */
  endedCalls: string[];
  /** Calls of ours. */
  outgoing: OutgoingCalls;
  routing: RoutingIndex;
}

/** The state before the first event. */
export function emptyTenantState(): TenantState {
  return {
    seq: 0,
    agents: new Map(),
    interactions: new Map(),
    conversations: new Map(),
    paces: new Map(),
    outsideCalls: new Map(),
    endedCalls: [],
    outgoing: new OutgoingCalls(),
    routing: new RoutingIndex(),
  };
}

/** Key of `conversations`. */
export function conversationKey(assetId: string, contact: string): string {
  return `${assetId}/${contact}`;
}
