import { type Context, Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import {
  CellSignOnGrant,
  type CellSignOnRequest,
  type SignOnAnswer,
  SignOnRequest,
} from "../../../protocol/sign_on/sign_on.ts";
import type { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";
import { readBody } from "../app/read_body.ts";
import type { Bindings } from "../bindings.ts";
import { callCell } from "../cells/call_cell.ts";
import { raiseProblem } from "../cells/raise_problem.ts";
import { serviceToken } from "../cells/service_identity.ts";
import { findFresh } from "../configuration/find_fresh.ts";
import { nearestPop } from "./nearest_pop.ts";
import { readSessionCookie, writeSessionCookie } from "./session_cookie.ts";

type Env = { Bindings: Bindings };
type Tenant = EdgeConfiguration["tenants"][number];

/** `POST /sign-on`, `/sign-on/refresh` and `/sign-off`. */
export function signOnRoutes(): Hono<Env> {
  const app = new Hono<Env>();

  app.post("/sign-on", async (c) => {
    const request = await readBody(c.req.raw, SignOnRequest);
    await limit(c, "person", `${request.tenant} ${request.username.toLowerCase()}`);
    await limit(c, "address", c.req.header("cf-connecting-ip") ?? "local");
    const { configuration, found } = await findFresh(
      c.env,
      (known) => known.tenants.find((it) => it.slug === request.tenant && it.status === "active"),
    );
    // An unknown tenant is answered like a wrong password, by a cell that checks one in vain.
    const tenant = found ?? { ...anyTenant(configuration), id: crypto.randomUUID() };
    const { username, password } = request;
    return await grant(c, configuration, tenant, {
      grant: "password",
      tenantId: tenant.id,
      username,
      password,
    });
  });

  app.post("/sign-on/refresh", async (c) => {
    const session = readSessionCookie(c.req.header("cookie") ?? null);
    const { configuration, found } = await findFresh(
      c.env,
      (known) => known.tenants.find((it) => it.id === session?.tenantId && it.status === "active"),
    );
    if (!session || !found) throw new AntiphonError("unauthenticated", "Sign in");
    const { tenantId, refreshToken } = session;
    return await grant(c, configuration, found, { grant: "refresh", tenantId, refreshToken });
  });

  app.post("/sign-off", async (c) => {
    const session = readSessionCookie(c.req.header("cookie") ?? null);
    c.header("set-cookie", writeSessionCookie(c.req.url, null));
    const { configuration, found } = await findFresh(
      c.env,
      (known) => known.tenants.find((tenant) => tenant.id === session?.tenantId),
    );
    if (session && found) {
      const { tenantId, refreshToken } = session;
      await ask(c, configuration, found, { grant: "revoke", tenantId, refreshToken });
    }
    return c.body(null, 204);
  });
  return app;
}

async function grant(
  c: Context<Env>,
  configuration: EdgeConfiguration,
  tenant: Tenant,
  request: CellSignOnRequest,
): Promise<Response> {
  const granted = CellSignOnGrant.parse(await ask(c, configuration, tenant, request));
  const { accessToken, expiresIn, agent, refreshToken, refreshExpiresIn } = granted;
  c.header(
    "set-cookie",
    writeSessionCookie(c.req.url, {
      tenantId: tenant.id,
      agentId: agent.id,
      refreshToken,
      maxAge: refreshExpiresIn,
    }),
  );
  const answer: SignOnAnswer = {
    accessToken,
    expiresIn,
    agent,
    tenantId: tenant.id,
    tenantName: tenant.name,
    softphoneUrl: nearestPop(configuration, tenant.clusterId),
  };
  return c.json(answer);
}

async function ask(
  c: Context<Env>,
  configuration: EdgeConfiguration,
  tenant: Tenant,
  body: CellSignOnRequest,
): Promise<unknown> {
  return raiseProblem(
    await callCell(configuration, {
      clusterId: tenant.clusterId,
      path: "/internal/sign-on",
      body,
      token: await serviceToken(c.env, `cell:${tenant.clusterId}`),
    }),
  );
}

function anyTenant(configuration: EdgeConfiguration): Tenant {
  const [tenant] = configuration.tenants;
  if (!tenant) {
    throw new AntiphonError("invalid_credentials", "Check tenant, user name and password");
  }
  return tenant;
}

async function limit(c: Context<Env>, kind: "person" | "address", name: string): Promise<void> {
  const id = c.env.SIGN_ON_LIMITER.idFromName(`${kind} ${name}`);
  const limiter = c.env.SIGN_ON_LIMITER.get(id);
  const response = await limiter.fetch(`http://limiter/${kind}`, { method: "POST" });
  if (response.status !== 429) return;
  throw new AntiphonError("too_many_requests", "Too many attempts; wait before the next", {
    data: { retryAfterSeconds: Number(response.headers.get("retry-after")) },
  });
}
