import type { Kysely } from "kysely";
import type { Deployment } from "../protocol/topology/deployment.ts";
import type { PrivateServiceKey } from "../protocol/service_token/service_key.ts";
import type { Counters } from "../protocol/telemetry/counters.ts";
import type { Logger } from "../protocol/telemetry/logger.ts";
import type { ControlTables } from "./database/control_tables.ts";
import type { Sealer } from "./secrets/sealer.ts";
import type { ChangeSignal } from "./snapshots/change_signal.ts";

/** All that the control plane's routes work with, handed in once at the start. */
export interface ControlPlaneContext {
  db: Kysely<ControlTables>;
  deployment: Deployment;
  /** The control plane's own signing key. */
  key: PrivateServiceKey;
  operator: { clientId: string; clientSecret: string };
  sealer: Sealer;
  /** Raised after every commit that changed `cfg`. */
  changes: ChangeSignal;
  log: Logger;
  counters: Counters;
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  newId: () => string;
  /** Ends what waits when the process stops. */
  stopping: AbortSignal;
}
