import type { Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { type CellSignOnGrant, SignOnRequest } from "../../../protocol/sign_on/sign_on.ts";
import type { TenantPlacement } from "../../../protocol/topology/service_addresses.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import { clientAddress } from "../http/client_address.ts";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { readJson } from "../http/read_json.ts";
import { requireSameOrigin } from "../http/require_same_origin.ts";
import { Limiter } from "../limits/limiter.ts";
import { counters } from "../telemetry/counters.ts";
import { cellGrant, revokeGrant } from "./cell_grant.ts";
import { evenDelay } from "./even_delay.ts";
import { readRefreshCookie, refreshCookie } from "./refresh_cookie.ts";
import { signOnAnswer } from "./sign_on_answer.ts";
import { ADDRESS_FAILURE_LIMIT, ADDRESS_LIMIT, PERSON_LIMIT } from "./sign_on_limits.ts";

const BODY_LIMIT = 8 * 1024;

/** `POST /v1/sign-on`, `/v1/sign-on/refresh` and `/v1/sign-off`, for people's browsers. */
export function signOnRoutes(app: Hono<EdgeHono>): void {
  app.post("/v1/sign-on", async (c) => {
    const startedAt = Date.now();
    requireSameOrigin(c.req.raw);
    const limiter = new Limiter(c.env.RATE_LIMIT);
    const address = clientAddress(c.req.raw, c.env.ADDRESS_HEADER);
    await limiter.take({ key: `address ${address}`, ...ADDRESS_LIMIT });
    const { tenant: slug, username, password } = await readJson(
      c.req.raw,
      SignOnRequest,
      BODY_LIMIT,
    );
    const failures = { key: `address failures ${address}`, ...ADDRESS_FAILURE_LIMIT };
    const person = { key: `person ${slug} ${username.toLowerCase()}`, ...PERSON_LIMIT };
    // Taken before the answer is known, so that guesses in parallel count too.
    await limiter.take(failures);
    await limiter.take(person);

    const tenant = await c.var.configuration.find((index) => index.tenantBySlug(slug));
    const index = await c.var.configuration.current();
    const grant = tenant?.status === "active"
      ? await cellGrant(c.var.clusters, index.clusterOf(tenant.id), {
        grant: "password",
        tenantId: tenant.id,
        username,
        password,
      })
      : null;
    if (tenant && grant) {
      await limiter.refill(person.key);
      await limiter.putBack(failures);
      return granted(c, grant, tenant, index, "password");
    }
    counters.add("antiphon_edge_sign_ons_total", { grant: "password", outcome: "refused" });
    await pause(evenDelay(Date.now() - startedAt));
    throw new AntiphonError("invalid_credentials", "Check tenant, name and password");
  });

  app.post("/v1/sign-on/refresh", async (c) => {
    requireSameOrigin(c.req.raw);
    const cookie = readRefreshCookie(c.req.raw);
    if (!cookie) throw new AntiphonError("unauthenticated", "Sign in");
    const address = clientAddress(c.req.raw, c.env.ADDRESS_HEADER);
    await new Limiter(c.env.RATE_LIMIT).take({ key: `address ${address}`, ...ADDRESS_LIMIT });
    const index = await c.var.configuration.current();
    const tenant = index.tenant(cookie.tenantId);
    const grant = tenant?.status === "active"
      ? await cellGrant(c.var.clusters, index.clusterOf(tenant.id), { grant: "refresh", ...cookie })
      : null;
    if (tenant && grant) return granted(c, grant, tenant, index, "refresh");
    counters.add("antiphon_edge_sign_ons_total", { grant: "refresh", outcome: "refused" });
    throw new AntiphonError("unauthenticated", "The session has ended; sign in again");
  });

  app.post("/v1/sign-off", async (c) => {
    requireSameOrigin(c.req.raw);
    const cookie = readRefreshCookie(c.req.raw);
    c.header("set-cookie", refreshCookie(new URL(c.req.url), null, 0));
    const index = await c.var.configuration.current();
    if (cookie && index.tenant(cookie.tenantId)) {
      const cluster = index.clusterOf(cookie.tenantId);
      await revokeGrant(c.var.clusters, cluster, cookie.tenantId, cookie.refreshToken)
        .catch((error) => c.var.log.warn("sign_off.not_revoked", { error }));
    }
    return c.body(null, 204);
  });
}

function granted(
  c: EdgeContext,
  grant: CellSignOnGrant,
  tenant: TenantPlacement,
  index: ConfigurationIndex,
  kind: "password" | "refresh",
): Response {
  const { refreshToken } = grant;
  const url = new URL(c.req.url);
  const continent = (c.req.raw as { cf?: { continent?: string } }).cf?.continent;
  c.header(
    "set-cookie",
    refreshCookie(url, { tenantId: tenant.id, refreshToken }, grant.refreshExpiresIn),
  );
  c.header("cache-control", "no-store");
  counters.add("antiphon_edge_sign_ons_total", { grant: kind, outcome: "granted" });
  c.var.log.info("sign_on.granted", { grant: kind, tenantId: tenant.id, agentId: grant.agent.id });
  return c.json(signOnAnswer(grant, tenant, index, continent));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
