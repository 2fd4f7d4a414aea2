import type { KeeperFile, KeptClusterServer } from "../../../protocol/keeper/keeper_file.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { Witness } from "../witness/witness.ts";
import type { AuditLog } from "./audit_log.ts";
import type { ClusterKeeper } from "./cluster_keeper.ts";
import type { ServiceClient } from "./service_client.ts";
import type { SoleKeeper } from "./sole_keeper.ts";

/** A cluster that this site keeps. */
export interface KeptCluster {
  server: KeptClusterServer;
  keeper: ClusterKeeper;
  audit: AuditLog;
}

/** A site's keeper: its witness, its clusters and its sole servers. */
export interface Keeper {
  file: KeeperFile;
  witness: Witness;
  clusters: ReadonlyMap<string, KeptCluster>;
  soles: ReadonlyMap<string, SoleKeeper>;
  /** Asks other keepers. */
  call: ServiceClient;
  log: Logger;
  /** Ends with its servers; leases are given back. */
  stop(): Promise<void>;
  /** Ends; servers run on, and the next keeper adopts them. */
  leave(): Promise<void>;
}
