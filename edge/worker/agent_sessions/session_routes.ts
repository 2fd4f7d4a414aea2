import { type Context, Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Slug, Uuid } from "../../../protocol/ids/names.ts";
import { verifyServiceToken } from "../../../protocol/service_token/verify_service_token.ts";
import { bearerToken } from "../app/bearer_token.ts";
import type { Bindings } from "../bindings.ts";
import { findFresh } from "../configuration/find_fresh.ts";
import { readSessionCookie } from "../sign_on/session_cookie.ts";

type Env = { Bindings: Bindings };

/**
 * The agents' sockets and the cells' way to them. `GET /v1/session` finds its session object by
 * the session cookie, or by `?tenant=&agent=` for clients without cookies; that is only a way to
 * find it: who one is, the token in the first frame says.
 */
export function sessionRoutes(): Hono<Env> {
  const app = new Hono<Env>();

  app.get("/v1/session", async (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new AntiphonError("invalid_request", "Open a WebSocket here");
    }
    const cookie = readSessionCookie(c.req.header("cookie") ?? null);
    const tenantId = Uuid.safeParse(c.req.query("tenant") ?? cookie?.tenantId);
    const agentId = Slug.safeParse(c.req.query("agent") ?? cookie?.agentId);
    if (!tenantId.success || !agentId.success) {
      throw new AntiphonError("unauthenticated", "Sign in first, or name tenant and agent");
    }
    const response = await objectOf(c, tenantId.data, agentId.data).fetch(
      `http://session/${tenantId.data}/${agentId.data}`,
      { headers: { upgrade: "websocket" } },
    );
    if (!response.webSocket) {
      return new Response(response.body as BodyInit, { status: response.status });
    }
    // The object's own response has immutable headers, which later middleware may want to touch.
    return new Response(null, { status: 101, webSocket: response.webSocket } as ResponseInit);
  });

  app.post("/internal/agents/:tenantId/:agentId/events", async (c) => {
    const tenantId = Uuid.parse(c.req.param("tenantId"));
    const agentId = Slug.parse(c.req.param("agentId"));
    const { configuration, found: tenant } = await findFresh(
      c.env,
      (known) => known.tenants.find((candidate) => candidate.id === tenantId),
    );
    const service = await verifyServiceToken(bearerToken(c.req.raw), {
      keys: configuration.keys,
      audience: `edge:${c.env.EDGE_ID}`,
      kinds: ["cell"],
    });
    if (service !== `cell:${tenant?.clusterId}`) {
      throw new AntiphonError("forbidden", "Only the tenant's own cluster may speak to its agents");
    }
    const response = await objectOf(c, tenantId, agentId).fetch(
      `http://session/${tenantId}/${agentId}`,
      { method: "POST", body: await c.req.text() },
    );
    return new Response(await response.text(), {
      status: response.status,
      headers: { "content-type": response.headers.get("content-type") ?? "application/json" },
    });
  });
  return app;
}

function objectOf(c: Context<Env>, tenantId: string, agentId: string) {
  return c.env.AGENT_SESSION.get(c.env.AGENT_SESSION.idFromName(`${tenantId}/${agentId}`));
}
