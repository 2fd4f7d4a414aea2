import { z } from "zod";
import { RegionId } from "../ids/names.ts";
import { ServiceKey } from "../service_token/service_key.ts";
import { ClusterAddress, EdgeAddress, PopAddress } from "./service_addresses.ts";

/** A site's keeper as the control plane reaches it. */
export const KeeperAddress = z.object({ site: RegionId, url: z.url() });
export type KeeperAddress = z.infer<typeof KeeperAddress>;

/** A cluster, and the keepers of its servers, if it has any. */
export const DeployedCluster = ClusterAddress.extend({
  keepers: z.array(KeeperAddress).max(8).optional(),
});
export type DeployedCluster = z.infer<typeof DeployedCluster>;

/**
 * What an operator has deployed: which clusters, PoPs and edges run, where, and with which keys.
 * The control plane reads it from `DEPLOYMENT_FILE` at start and makes its tables agree.
 */
export const Deployment = z.object({
  clusters: z.array(DeployedCluster),
  pops: z.array(PopAddress),
  edges: z.array(EdgeAddress),
  keys: z.array(ServiceKey),
});
export type Deployment = z.infer<typeof Deployment>;
