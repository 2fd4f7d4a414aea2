import type { Context } from "hono";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { ClusterClient } from "../clusters/cluster_client.ts";
import type { ConfigurationAccess } from "../configuration/configuration_of.ts";
import type { EdgeBindings } from "../edge_bindings.ts";

/** What a route has at hand besides the request. */
export interface EdgeVariables {
  /** Names the request in logs and problems. */
  requestId: string;
  log: Logger;
  configuration: ConfigurationAccess;
  clusters: ClusterClient;
}

/** Types of the edge's Hono application. */
export interface EdgeHono {
  Bindings: EdgeBindings;
  Variables: EdgeVariables;
}

/** A request in the hands of a route. */
export type EdgeContext = Context<EdgeHono>;
