import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { PortPlan } from "../layout/port_plan.ts";
import { HOST } from "../layout/host.ts";

/** So many taken ports are named. */
const SHOWN = 4;

/**
 * Checks that every port is free.
 * @throws AntiphonError `address_in_use` naming those that are taken and what they are for
 */
export function checkPorts(ports: PortPlan): void {
  const tcp: [number, string][] = [
    [ports.controlPlane, "control plane"],
    ...Object.entries(ports.postgres).map(([id, port]) => [port, `PostgreSQL of ${id}`] as const),
    ...Object.entries(ports.cells).map(([id, port]) => [port, `cell ${id}`] as const),
    ...Object.entries(ports.pops).flatMap(([id, pop]) =>
      [[pop.http, `PoP ${id}`], [pop.sip, `SIP of ${id}`]] as const
    ),
    [ports.edge, "edge"],
    [ports.console, "console"],
  ].map(([port, whose]) => [Number(port), String(whose)]);
  const udp = Object.entries(ports.pops).flatMap(([id, pop]): [number, string][] => [
    [pop.sip, `SIP of ${id}`],
    [pop.webrtc, `WebRTC of ${id}`],
  ]);
  const taken = [
    ...tcp.filter(([port]) => !isFree("tcp", port)).map(([port, whose]) => `${port} (${whose})`),
    ...udp.filter(([port]) => !isFree("udp", port)).map(([port, who]) => `${port}/udp (${who})`),
  ];
  if (taken.length === 0) return;
  const [they, them] = taken.length === 1 ? ["Port", "it"] : ["Ports", "them"];
  const more = taken.length > SHOWN ? ` and ${taken.length - SHOWN} more` : "";
  throw new AntiphonError(
    "address_in_use",
    `${they} ${taken.slice(0, SHOWN).join(", ")}${more} in use: stop what uses ${them}, or start ` +
      `with another --port-base than ${ports.controlPlane}`,
    { data: { taken } },
  );
}

function isFree(transport: "tcp" | "udp", port: number): boolean {
  try {
    const socket = transport === "tcp"
      ? Deno.listen({ hostname: HOST, port })
      : Deno.listenDatagram({ transport, hostname: HOST, port });
    socket.close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}
