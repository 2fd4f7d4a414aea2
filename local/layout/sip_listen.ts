import { addressesOf, type Whereabouts } from "./addresses.ts";

/** SIP addresses of a PoP ("udp:127.0.0.1:7060"). The extra ones are Frankfurt's. */
export function sipListen(
  where: Whereabouts,
  popId: "FRA" | "NYC",
  extraSip: readonly string[],
): string[] {
  const sip = addressesOf(where).sip(popId);
  const own = [`udp:${sip}`, `tcp:${sip}`];
  return popId === "FRA" ? [...own, ...extraSip] : own;
}
