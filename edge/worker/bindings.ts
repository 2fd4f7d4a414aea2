import type { DurableObjectNamespace, Fetcher } from "@cloudflare/workers-types";

/** What the worker is given by its environment (wrangler.jsonc, or the local workerd's config). */
export interface Bindings {
  EDGE_ID: string;
  CONTROL_PLANE_URL: string;
  /** A `PrivateServiceKey` as JSON; a secret. */
  SERVICE_KEY: string;
  CONFIGURATION: DurableObjectNamespace;
  AGENT_SESSION: DurableObjectNamespace;
  WEBHOOK_INBOX: DurableObjectNamespace;
  SIGN_ON_LIMITER: DurableObjectNamespace;
  /** The web app's files. */
  WEB: Fetcher;
}
