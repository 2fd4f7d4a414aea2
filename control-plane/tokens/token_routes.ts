import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { jsonContent } from "../http/json_content.ts";
import { remoteAddress } from "../http/remote_address.ts";
import { AttemptLimiter } from "./attempt_limiter.ts";
import { authenticateClient } from "./authenticate_client.ts";
import { grantScopes } from "./grant_scopes.ts";
import { ACCESS_TOKEN_SECONDS, issueAccessToken } from "./issue_access_token.ts";
import { OAuthError } from "./oauth_error.ts";
import type { Principal } from "./principal.ts";
import { readClientCredentials } from "./read_client_credentials.ts";

/** Wrong secrets allowed a minute, for one client from one address; and all requests from one. */
const FAILURES = 10;
const REQUESTS = 600;
const WINDOW_MS = 60_000;

const TokenRequest = z.object({
  grant_type: z.literal("client_credentials"),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z.string().optional(),
}).meta({ id: "TokenRequest" });
const TokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number().int(),
  scope: z.string(),
}).meta({ id: "TokenAnswer" });
const TokenError = z.object({ error: z.string(), error_description: z.string() })
  .meta({ id: "TokenError" });

/**
 * `POST /v1/oauth/token`: client credentials (RFC 6749 section 4.4), from Basic or the form.
 * Errors are those of RFC 6749 section 5.2, with the members of a problem beside them.
 */
export function tokenRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/oauth/token",
    tags: ["Tokens"],
    summary: "Get an access token, good for 15 minutes",
    security: [{ basic: [] }, {}],
    request: {
      body: {
        required: true,
        content: { "application/x-www-form-urlencoded": { schema: TokenRequest } },
      },
    },
    responses: {
      200: jsonContent(TokenAnswer, "The token"),
      400: jsonContent(TokenError, "The request does not fit"),
      401: jsonContent(TokenError, "Id and secret do not go together"),
      429: jsonContent(TokenError, "Too many attempts; wait for Retry-After seconds"),
    },
  });
  const issue = tokenIssuer(context);
  app.post("/v1/oauth/token", async (c) => {
    c.header("cache-control", "no-store");
    try {
      return c.json(await issue(c), 200);
    } catch (error) {
      if (error instanceof OAuthError) return answer(c, error);
      throw error;
    }
  });
}

function tokenIssuer(context: ControlPlaneContext) {
  const { now } = context;
  const failures = new AttemptLimiter({ attempts: FAILURES, windowMs: WINDOW_MS, now });
  const requests = new AttemptLimiter({ attempts: REQUESTS, windowMs: WINDOW_MS, now });
  return async (c: Context<AppEnv>): Promise<z.infer<typeof TokenAnswer>> => {
    const address = remoteAddress(c);
    allow(requests, address);
    requests.count(address);
    const form = await readForm(c);
    const credentials = readClientCredentials(c.req.header("authorization"), form);
    if (credentials === "ambiguous") {
      throw new OAuthError("invalid_request", "Send the credentials once: in Basic or the form");
    }
    if (credentials === null) {
      throw new OAuthError("invalid_client", "Send client id and secret by Basic or in the form");
    }
    const { clientId } = credentials;
    const pair = `${address} ${clientId}`;
    allow(failures, pair);
    // Counted before the slow comparison, so that many at once do not slip through.
    failures.count(pair);
    const client = await authenticateClient(context, credentials);
    if (!client) {
      context.counters.add("antiphon_tokens_refused_total");
      throw new OAuthError("invalid_client", "Client id and secret do not go together");
    }
    failures.forgive(pair);
    if (form.get("grant_type") !== "client_credentials") {
      throw new OAuthError("unsupported_grant_type", "Send grant_type=client_credentials");
    }
    const scopes = new Set(grantScopes(client.kind, form.get("scope")));
    const principal: Principal = { clientId, scopes, ...client };
    const token = await issueAccessToken(context.key, principal, context.newId(), now);
    context.counters.add("antiphon_tokens_issued_total");
    return {
      access_token: token,
      token_type: "Bearer",
      expires_in: ACCESS_TOKEN_SECONDS,
      scope: [...scopes].join(" "),
    };
  };
}

async function readForm(c: Context<AppEnv>): Promise<URLSearchParams> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw new OAuthError("invalid_request", "Send application/x-www-form-urlencoded");
  }
  const form = new URLSearchParams(await c.req.text());
  const names = [...form.keys()];
  if (new Set(names).size === names.length) return form;
  throw new OAuthError("invalid_request", "Send each parameter once");
}

function allow(limiter: AttemptLimiter, key: string): void {
  const wait = limiter.retryAfter(key);
  if (wait > 0) throw new OAuthError("too_many_requests", `Wait for ${wait} s`, wait);
}

function answer(c: Context<AppEnv>, error: OAuthError): Response {
  if (error.code === "invalid_client") c.header("www-authenticate", 'Basic realm="antiphon"');
  if (error.retryAfter !== undefined) c.header("retry-after", String(error.retryAfter));
  const code = error.code === "invalid_client"
    ? "invalid_credentials"
    : error.code === "too_many_requests"
    ? "too_many_requests"
    : "invalid_request";
  const problem = toProblem(
    new AntiphonError(code, error.message),
    `urn:uuid:${c.get("requestId")}`,
  );
  return c.json({
    ...problem,
    status: error.status,
    error: error.code,
    error_description: error.message,
  }, error.status);
}
