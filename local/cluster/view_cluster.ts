import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type ClusterPicture, clusterPicture } from "./cluster_picture.ts";
import type { KeeperClient } from "./keeper_client.ts";

/** Keepers of a cluster's sites, its home first. */
export type ClusterKeepers = readonly KeeperClient[];

/**
 * Asks the keepers of a cluster's sites how it stands.
 * @throws AntiphonError `not_found` when every keeper that answers says there is no such cluster
 */
export async function viewCluster(
  clusterId: string,
  keepers: ClusterKeepers,
): Promise<ClusterPicture> {
  const answers = await Promise.allSettled(keepers.map((keeper) => keeper.status(clusterId)));
  const failures = answers.flatMap((it) => it.status === "rejected" ? [it.reason] : []);
  // A keeper that answers with a refusal is not away: what it says must be heard.
  const refusal = failures.find((error) =>
    !(error instanceof AntiphonError) || error.code !== "unavailable"
  );
  if (refusal && failures.length === answers.length) throw refusal;
  return clusterPicture(
    clusterId,
    keepers.map(({ site }, i) => {
      const answer = answers[i];
      return { site, status: answer.status === "fulfilled" ? answer.value : null };
    }),
  );
}
