/** A call to be made out for a call that came in. */
export interface DialWanted {
  callId: string;
  legId: string;
  tenantId: string;
  /** E.164. */
  number: string;
  /** E.164; null: shows the caller as they came. */
  callerId: string | null;
  /** The A leg's caller, "anonymous" where withheld. */
  caller: string;
  /** The number the caller called. */
  called: string;
  /** Local address of the A leg's listener, preferred for the way out. */
  hostname: string;
  /** What is left of the A leg's (RFC 7332). */
  maxForwards: number;
}
