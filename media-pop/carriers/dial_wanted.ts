/** A number to be called: for a call that came in, or as a call of ours. */
export interface DialWanted {
  callId: string;
  legId: string;
  tenantId: string;
  /** E.164. */
  number: string;
  /** The tenant's number or the caller's, E.164; null: shows the caller as they came. */
  callerId: string | null;
  /** The A leg's caller, "anonymous" where withheld. */
  caller: string;
  /** The number the caller called; null where nobody did. */
  called: string | null;
  /** Local address of the A leg's listener, preferred for the way out; null where there is none. */
  hostname: string | null;
  /** What is left of the A leg's (RFC 7332). */
  maxForwards: number;
}
