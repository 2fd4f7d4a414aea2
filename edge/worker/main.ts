/**
 * The edge worker: sign-on, webhook inbox, agents' sessions and the web app.
 * @module
 */
import { edgeApp } from "./app/edge_app.ts";

export { AgentSession } from "./agent_sessions/agent_session.ts";
export { ConfigurationObject } from "./configuration/configuration_object.ts";
export { SignOnLimiter } from "./sign_on/sign_on_limiter.ts";
export { WebhookInbox } from "./webhooks/webhook_inbox.ts";

const app = edgeApp();

export default { fetch: app.fetch };
