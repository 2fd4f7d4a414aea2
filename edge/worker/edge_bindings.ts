import { z } from "zod";
import type { AgentSessionCalls } from "./agent_sessions/agent_session_calls.ts";
import type { ConfigurationCalls } from "./configuration/configuration_calls.ts";
import type { RateLimitCalls } from "./limits/rate_limit_calls.ts";
import type { ObjectNamespace } from "./storage/object_namespace.ts";
import type { AssetInboxCalls } from "./webhooks/asset_inbox_calls.ts";

/** What the runtime binds to the worker. */
export interface EdgeBindings {
  EDGE_ID: string;
  /** HTTP origin of the control plane. */
  CONTROL_PLANE_URL: string;
  /** `PinnedKeys` as JSON: the control plane's public keys that are believed. */
  CONTROL_PLANE_KEYS: string;
  /** The edge's `PrivateServiceKey` as JSON. A secret. */
  SERVICE_KEY: string;
  LOG_LEVEL?: string;
  /** Header in which the platform in front names the client's address; without it the socket's. */
  ADDRESS_HEADER?: string;
  CONFIGURATION: ObjectNamespace<ConfigurationCalls>;
  ASSET_INBOX: ObjectNamespace<AssetInboxCalls>;
  AGENT_SESSION: ObjectNamespace<AgentSessionCalls>;
  RATE_LIMIT: ObjectNamespace<RateLimitCalls>;
  /** The web app's files. */
  ASSETS: { fetch(request: Request | string): Promise<Response> };
}

/** Levels that `LOG_LEVEL` takes. */
export const LogLevel = z.enum(["debug", "info", "warn", "error"]).catch("info");
