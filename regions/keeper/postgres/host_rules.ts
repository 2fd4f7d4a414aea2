import { isIP } from "node:net";
import type { KeptInstallation } from "./kept_installation.ts";

/** This machine itself. */
const LOOPBACK = ["127.0.0.0/8", "::1/128"];

/**
 * The server's `pg_hba.conf`: who may connect at all, by password always (PostgreSQL manual section
 * 20.1).
 */
export function hostRules(server: KeptInstallation): string {
  const networks = [...new Set([...LOOPBACK, ...server.networks.map(network)])];
  const lines = networks.flatMap((from) => [
    ["host", "all", "all", from],
    ...(server.replication ? [["host", "replication", server.replication.role, from]] : []),
  ]);
  return lines.map((line) => `${[...line, "scram-sha-256"].join(" ")}\n`).join("");
}

/** A single address as a network; a network or a name as it is. */
function network(given: string): string {
  const version = isIP(given);
  return version === 0 ? given : `${given}/${version === 4 ? 32 : 128}`;
}
