import { z } from "zod";
import { ServiceKey } from "../service_token/service_key.ts";
import { ClusterAddress, EdgeAddress, PopAddress } from "./service_addresses.ts";

/**
 * What an operator has deployed: which clusters, PoPs and edges run, where, and with which keys.
 * The control plane reads it from `DEPLOYMENT_FILE` at start and makes its tables agree.
 */
export const Deployment = z.object({
  clusters: z.array(ClusterAddress),
  pops: z.array(PopAddress),
  edges: z.array(EdgeAddress),
  keys: z.array(ServiceKey),
});
export type Deployment = z.infer<typeof Deployment>;
