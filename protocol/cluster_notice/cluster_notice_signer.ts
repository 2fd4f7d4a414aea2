import type { PrivateServiceKey } from "../service_token/service_key.ts";
import type { ClusterNotice } from "./cluster_notice.ts";
import { signClusterNotice } from "./sign_cluster_notice.ts";

/** How long a signed notice is given out again, in milliseconds: half of its life. */
const REUSE_MS = 30_000;

/**
 * Returns a function that signs notices, and gives the same signature for the same notice for half
 * a minute: a standby that is asked often signs seldom.
 * @param now epoch ms
 */
export function clusterNoticeSigner(
  key: PrivateServiceKey,
  now: () => number = Date.now,
): (notice: ClusterNotice) => Promise<string> {
  let kept: { of: string; signed: string; until: number } | null = null;
  return async (notice) => {
    const of = JSON.stringify(notice);
    if (kept !== null && kept.of === of && kept.until > now()) return kept.signed;
    const until = now() + REUSE_MS;
    const signed = await signClusterNotice(notice, key, now);
    kept = { of, signed, until };
    return signed;
  };
}
