import type { PortPlan } from "./port_plan.ts";
import { HOST } from "./host.ts";

/** SIP addresses of a PoP ("udp:127.0.0.1:7060"). The extra ones are Frankfurt's. */
export function sipListen(
  ports: PortPlan,
  popId: "FRA" | "NYC",
  extraSip: readonly string[],
): string[] {
  const { sip } = ports.pops[popId];
  const own = [`udp:${HOST}:${sip}`, `tcp:${HOST}:${sip}`];
  return popId === "FRA" ? [...own, ...extraSip] : own;
}
