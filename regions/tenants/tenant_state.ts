import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";

/**
 * All that a tenant's machine knows. It is a value owned by one runner: `evolve` changes it in
 * place, and replaying the same events makes the same state.
 */
export interface TenantState {
  /** Number of the last event applied. */
  seq: number;
  agents: Map<string, Agent>;
  interactions: Map<string, Interaction>;
  /** Ids of waiting interactions by queue, the one to be served next first. */
  waiting: Map<string, string[]>;
  /** Open digital interactions by `assetId/contact`. */
  conversations: Map<string, string>;
}

/** The state before the first event. */
export function emptyTenantState(): TenantState {
  return {
    seq: 0,
    agents: new Map(),
    interactions: new Map(),
    waiting: new Map(),
    conversations: new Map(),
  };
}

/** Key of `conversations`. */
export function conversationKey(assetId: string, contact: string): string {
  return `${assetId}/${contact}`;
}
