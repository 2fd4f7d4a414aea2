import { AntiphonError } from "../errors/antiphon_error.ts";
import type { ServiceKey } from "../service_token/service_key.ts";
import type { ClusterAddress } from "../topology/service_addresses.ts";
import type { ClusterNotice } from "./cluster_notice.ts";
import { verifyClusterNotice } from "./verify_cluster_notice.ts";

/** What a client knows when it is given a notice. */
export interface NoticeKnowledge {
  /** The cluster that was asked. */
  cluster: Pick<ClusterAddress, "id" | "urls">;
  keys: readonly ServiceKey[];
  /** The newest epoch the client has seen of the cluster; 0 for none. */
  epoch: number;
  /** Epoch ms. */
  now?: () => number;
}

/**
 * What a client may follow of a notice: it is the cluster's own, its address is one of those known
 * of the cluster (and given back as it is known), and no newer epoch has been seen. Null for
 * anything else: a forged, replayed or strange notice changes nothing.
 */
export async function knownNotice(
  signed: unknown,
  { cluster, keys, epoch, now }: NoticeKnowledge,
): Promise<ClusterNotice | null> {
  if (typeof signed !== "string") return null;
  try {
    const notice = await verifyClusterNotice(signed, { keys, clusterId: cluster.id, now });
    const url = cluster.urls.find((url) => new URL(url).origin === new URL(notice.url).origin);
    return url === undefined || notice.epoch < epoch ? null : { ...notice, url };
  } catch (error) {
    if (error instanceof AntiphonError) return null;
    throw error;
  }
}
