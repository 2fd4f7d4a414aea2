import type { EndCauseName } from "../calls/call_action.ts";

/** What a refused INVITE means. */
export interface DialOutcome {
  cause: EndCauseName;
  /** The fault is the destination's: another one may reach the number. */
  elsewhere: boolean;
}

const CAUSES: Record<number, EndCauseName> = {
  480: "no-answer",
  486: "busy",
  487: "no-answer",
  600: "busy",
  603: "declined",
  607: "declined",
  608: "declined",
};

/**
 * Reads the final status of an outgoing INVITE (RFC 3261 section 21). Redirections are not
 * followed and challenges not answered.
 * @param rang whether the number was ringing before; a 408 then is the callee's silence
 */
export function dialOutcome(status: number, rang: boolean): DialOutcome {
  if (status === 408 && rang) return { cause: "no-answer", elsewhere: false };
  const elsewhere = status === 408 || (status >= 500 && status < 600);
  return { cause: CAUSES[status] ?? "unreachable", elsewhere };
}
