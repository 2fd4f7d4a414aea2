import { z } from "zod";
import { ClusterId, Epoch, RegionId } from "../ids/names.ts";

/**
 * What a cell that is not active says of the one that is. It is a hint: whoever is told asks there
 * next, if the address is among those known of the cluster, and never believes an older epoch after.
 * On the wire it travels signed by the cluster's service key (`signClusterNotice`).
 */
export const ClusterNotice = z.object({
  clusterId: ClusterId,
  epoch: Epoch,
  /** Where the cluster is active. */
  site: RegionId,
  /** HTTP origin of the active cell. */
  url: z.url(),
});
export type ClusterNotice = z.infer<typeof ClusterNotice>;
