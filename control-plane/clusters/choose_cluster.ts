import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { fieldProblem } from "../http/field_problem.ts";
import { servingRegion } from "../topology/serving_region.ts";

/** A cluster that may take a tenant. */
export interface ClusterCandidate {
  id: string;
  homeRegion: string;
  tenants: number;
}

/** What a tenant asks for. */
export interface PlacementWish {
  clusterId?: string;
  region?: string;
}

/**
 * Chooses the cluster of a new tenant: the named one; or, of those at home in the region, the one
 * with the fewest tenants; or the deployment's first. A region without services of its own is
 * served from the one that the reference topology names.
 *
 * @param clusters In the deployment's order.
 * @throws AntiphonError `invalid_request` naming the field, or `unavailable` without any cluster
 */
export function chooseCluster(clusters: readonly ClusterCandidate[], wish: PlacementWish): string {
  if (wish.clusterId !== undefined) {
    if (clusters.some((cluster) => cluster.id === wish.clusterId)) return wish.clusterId;
    throw fieldProblem({ path: "clusterId", message: "No such cluster is deployed" });
  }
  if (wish.region !== undefined) {
    const found = leastLoaded(clusters, wish.region) ??
      leastLoaded(clusters, servingRegion(wish.region));
    if (found) return found.id;
    throw fieldProblem({ path: "region", message: "No cluster is at home there or serves it" });
  }
  if (clusters.length === 0) {
    throw new AntiphonError("unavailable", "No cluster is deployed: ask the operator");
  }
  return clusters[0].id;
}

function leastLoaded(
  clusters: readonly ClusterCandidate[],
  region: string | undefined,
): ClusterCandidate | undefined {
  return clusters.filter((cluster) => cluster.homeRegion === region)
    .sort((a, b) => a.tenants - b.tenants || (a.id < b.id ? -1 : 1))[0];
}
