/**
 * The edge's worker: sign-on, agents' sessions, the webhook inbox and the web app.
 * @module
 */
import { edgeApp } from "./app.ts";
import type { EdgeBindings } from "./edge_bindings.ts";

export { AgentSessionObject } from "./agent_sessions/session_object.ts";
export { ConfigurationObject } from "./configuration/configuration_object.ts";
export { RateLimitObject } from "./limits/rate_limit_object.ts";
export { AssetInboxObject } from "./webhooks/asset_inbox_object.ts";

const app = edgeApp();

export default {
  fetch: (request, env, context) => app.fetch(request, env, context),
} satisfies ExportedHandler<EdgeBindings>;
