import type { Principal } from "../tokens/principal.ts";

/** Who asks for a change, by which request. */
export interface ChangeRequest {
  principal: Principal;
  requestId: string;
  /** Null: the caller sent no Idempotency-Key. */
  idempotency: { key: string; fingerprint: string } | null;
}

/** What a change did: its answer, and its line in the audit. */
export interface Change<T> {
  /** Dotted name ("tenant.created"). */
  action: string;
  /** Id of what was changed. */
  subject: string;
  /** Facts for the audit. Never secrets. */
  data?: Record<string, unknown>;
  partnerId: string | null;
  /** The body of the 201 answer. */
  answer: T;
}
