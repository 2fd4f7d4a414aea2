import { Epoch, RegionId } from "../../../protocol/ids/names.ts";
import type { LeaseAnswer } from "../../../protocol/keeper/lease_answer.ts";
import type { PatroniCluster } from "./patroni_cluster.ts";

/**
 * Where a cluster is active: the site of the member that has the leader key, by its tag `site` or
 * else its name. Null when nobody leads, or its server is not known to run.
 */
export function activeMember({ members }: PatroniCluster): LeaseAnswer["active"] {
  const leader = members.find(({ role }) => role === "leader");
  if (leader?.state !== "running") return null;
  const site = RegionId.safeParse(leader.tags.site ?? leader.name);
  const epoch = Epoch.safeParse(leader.timeline);
  return site.success && epoch.success ? { site: site.data, epoch: epoch.data } : null;
}
