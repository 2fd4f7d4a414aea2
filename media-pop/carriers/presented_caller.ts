import type { HeaderFields } from "../sip/message/header_fields.ts";

/** Whose number an outgoing call shows. */
export interface CallerWish {
  /** The number to show; null: the A leg's caller as it came. */
  callerId: string | null;
  /** Whether `callerId` is one of the tenant's own numbers, which we may vouch for. */
  isOurs: boolean;
  /** The A leg's caller, "anonymous" where withheld. */
  caller: string;
  /** The number that the A leg's caller called; null where there is none. */
  called: string | null;
}

/**
 * The From value of an outgoing call and what goes with it: P-Asserted-Identity (RFC 3325) for a
 * number of ours; for a caller passed on Diversion (RFC 5806), which says by whose number, and
 * Privacy (RFC 3323) if the caller withheld theirs.
 * @param host our host, with brackets around an IPv6 address
 */
export function presentedCaller(
  { callerId, isOurs, caller, called }: CallerWish,
  host: string,
): { from: string; headers: HeaderFields } {
  if (callerId !== null) {
    const uri = `<sip:${callerId}@${host};user=phone>`;
    return { from: uri, headers: isOurs ? [["P-Asserted-Identity", uri]] : [] };
  }
  const diversion: HeaderFields = called === null
    ? []
    : [["Diversion", `<sip:${called}@${host};user=phone>;reason=deflection`]];
  if (caller === "anonymous") {
    const from = '"Anonymous" <sip:anonymous@anonymous.invalid>';
    return { from, headers: [["Privacy", "id"], ...diversion] };
  }
  const isNumber = /^\+[0-9]+$/.test(caller);
  const user = encodeURIComponent(caller.toWellFormed()).replaceAll("%2B", "+");
  const from = `<sip:${user}@${host}${isNumber ? ";user=phone" : ""}>`;
  return { from, headers: diversion };
}
