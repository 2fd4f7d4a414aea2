import type { HeaderFields } from "../message/header_fields.ts";
import type { SipRequest } from "../message/sip_request.ts";

/** How long a session lives without a refresh, and who refreshes it (RFC 4028). */
export interface SessionInterval {
  readonly seconds: number;
  /** "uac" is who sent the INVITE at hand, "uas" who answers it. */
  readonly refresher: "uac" | "uas";
}

/** The shortest interval RFC 4028 section 5 lets anybody ask for, in seconds. */
const SHORTEST = 90;
const LONGEST = 86_400;

/** The header that goes with a 422. */
export const MIN_SE: HeaderFields = [["Min-SE", String(SHORTEST)]];

/** The interval an INVITE asks for; undefined if its sender does not keep session timers. */
export function sessionInterval(request: SipRequest): SessionInterval | undefined {
  const options = [...request.list("supported"), ...request.list("require")];
  if (!options.some((option) => option.toLowerCase() === "timer")) return undefined;
  const found = /^(\d{1,9})\s*(;.*)?$/s.exec(request.get("session-expires") ?? "");
  if (!found) return undefined;
  const refresher = /;\s*refresher\s*=\s*uas\b/i.test(found[2] ?? "") ? "uas" : "uac";
  return { seconds: Math.min(Number(found[1]), LONGEST), refresher };
}

/** Whether an INVITE asks for less than the shortest interval, to be refused with 422. */
export function isTooBrief(request: SipRequest): boolean {
  const interval = sessionInterval(request);
  return interval !== undefined && interval.seconds < SHORTEST;
}

/** What the 2xx says about the interval (section 9). */
export function sessionHeaders({ seconds, refresher }: SessionInterval): HeaderFields {
  return [["Require", "timer"], ["Session-Expires", `${seconds};refresher=${refresher}`]];
}
