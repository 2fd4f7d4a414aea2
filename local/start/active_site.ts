import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import type { KeeperClient } from "../cluster/keeper_client.ts";

const PAUSE_MS = 50;

/**
 * Waits until a site is a cluster's primary and holds its lease; gives the site.
 * @throws AntiphonError `deadline_exceeded` with what its keepers said last
 */
export async function activeSite(
  clusterId: string,
  keepers: readonly KeeperClient[],
  signal: AbortSignal,
  timeoutMs = 60_000,
): Promise<string> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const answers = await Promise.allSettled(keepers.map((keeper) => keeper.status(clusterId)));
    const found = answers.flatMap((it) => it.status === "fulfilled" ? [it.value] : []);
    const active = found.find(({ role, lease }) => role === "primary" && lease.held);
    if (active) return active.site;
    if (performance.now() > end) {
      const words = found.map(inWords).join("; ") || "no keeper answers";
      throw new AntiphonError(
        "deadline_exceeded",
        `Nobody has become active for ${clusterId}: ${words}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function inWords({ site, role, problem }: KeeperStatus): string {
  return `${site} is ${role}${problem === null ? "" : ` (${problem})`}`;
}
