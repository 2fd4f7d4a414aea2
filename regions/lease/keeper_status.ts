import { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import type { KeeperLeasePorts } from "./keeper_lease.ts";

/** The keeper is beside the cell, in milliseconds. */
const TIMEOUT_MS = 1_000;
/** An answer, or that there was none, is given again for this long, in milliseconds. */
const FRESH_MS = 2_000;

/** What {@linkcode keeperStatus} works with. */
export interface KeeperStatusPorts extends KeeperLeasePorts {
  /** Milliseconds that never go back. */
  clock: () => number;
}

/**
 * Asks the keeper of this site how the cluster's server stands, every other second at most; null
 * while it does not say.
 */
export function keeperStatus(
  { url, clusterId, site, token, clock, fetch: ask = fetch }: KeeperStatusPorts,
): () => Promise<KeeperStatus | null> {
  const address = new URL(`/v1/clusters/${clusterId}`, url);
  let kept: Promise<KeeperStatus | null> = Promise.resolve(null);
  let until = -Infinity;
  const read = async () => {
    try {
      const response = await ask(address, {
        headers: { authorization: `Bearer ${await token(`keeper:${site}`)}` },
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      return response.ok ? KeeperStatus.parse(body) : null;
    } catch {
      // Not known is an answer, too: the lease's source tells the log of a silent keeper.
      return null;
    }
  };
  return () => {
    if (clock() >= until) {
      until = clock() + FRESH_MS;
      kept = read();
    }
    return kept;
  };
}
