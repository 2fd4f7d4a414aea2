import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import type { Effect } from "../effects/effect.ts";
import type { TraceItem } from "../flows/trace/trace_item.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";

/** An effect with the id that its receiver drops repeats by. */
export interface StoredEffect {
  id: string;
  effect: Effect;
}

/** How far a PoP's events have been decided on. */
export interface PopPosition {
  popId: string;
  bootId: string;
  seq: number;
  /** The connection it came over; once an event of it came to nothing, no later one counts. */
  link: { broken: boolean };
}

/** What one decision leaves behind. It is committed whole or not at all. */
export interface CommitUnit {
  tenantId: string;
  /** Sequence number of the first event. */
  firstSeq: number;
  at: number;
  events: readonly TenantEvent[];
  effects: readonly StoredEffect[];
  messages: readonly Message[];
  ended: readonly InteractionRecord[];
  /** What steps of flows did. */
  traces: readonly TraceItem[];
  /** The command it is the answer to, if a repeat of that must have no second effect. */
  commandId?: string;
  /** The PoP event that was decided on, acknowledged once this is committed. */
  popPosition?: PopPosition;
}
