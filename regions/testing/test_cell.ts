import { randomBytes } from "node:crypto";
import type { Role } from "../../protocol/access_token/access_token_claims.ts";
import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { cellApi } from "../api/cell_api.ts";
import { Cell } from "../cell/cell.ts";
import { ALWAYS_HELD } from "../lease/always_held.ts";
import type { EgressPolicy } from "../egress/check_egress.ts";
import { createSealer } from "../secrets/sealer.ts";
import { cellTestDatabase } from "./cell_test_database.ts";
import { type Draft, EXAMPLE } from "./tenant_harness.ts";

/** What is sent. */
export interface TestRequest {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What came back. */
export interface TestAnswer {
  status: number;
  // deno-lint-ignore no-explicit-any
  body: any;
  text: string;
  bytes: Uint8Array;
  headers: Headers;
  etag: string | null;
}

/** A cell on a database of its own with nobody outside, called without a socket. */
export type TestCell = Awaited<ReturnType<typeof testCell>>;

/** Starts a cell E39 that may call nobody, unless told otherwise. */
export async function testCell(egress: Partial<EgressPolicy> = {}) {
  const database = await cellTestDatabase();
  const { db } = database;
  const own = await generateServiceKey("cell:E39", "cell");
  const plane = await generateServiceKey("control-plane", "plane");
  await db.insertInto("cfg.service_keys").values(
    [own, plane].map(({ publicKey: { service, jwk } }) => ({ kid: jwk.kid, service, jwk })),
  ).execute();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const log: string[] = [];
  const clock = { ahead: 0 };
  const cell = new Cell({
    ...{
      clusterId: "E39",
      epoch: database.epoch,
      db,
      background: database.background,
      writers: database.writers,
      owner: database.owner,
      lease: ALWAYS_HELD,
    },
    ...{ snapshotEvery: 5000, logDays: 30, traceDays: 7, key: own.privateKey },
    sealer: createSealer(randomBytes(32).toString("base64url")),
    egress: { allow: new Set(), resolve: () => Promise.resolve([]), ...egress },
    log: createLogger({ service: "cell:E39", write: (line) => log.push(line) }),
    counters: new Counters(),
    now: () => Date.now() + clock.ahead,
    newId: uuidV7(),
    random: Math.random,
    timer: (ms, run) => {
      const id = setTimeout(() => (timers.delete(id), run()), ms);
      timers.add(id);
      return () => (timers.delete(id), clearTimeout(id));
    },
  });
  await cell.start();
  const app = cellApi(cell);
  const serviceToken = serviceTokenSigner(plane.privateKey, () => Date.now() + clock.ahead);

  async function call(method: string, path: string, from: TestRequest = {}): Promise<TestAnswer> {
    const headers = new Headers(from.headers);
    if (from.token !== undefined) headers.set("authorization", `Bearer ${from.token}`);
    const { body } = from;
    if (body !== undefined && !(body instanceof FormData) && !headers.has("content-type")) {
      headers.set("content-type", "application/json");
    }
    const raw = typeof body === "string" || body instanceof Uint8Array || body instanceof FormData;
    const sent = raw || body === undefined ? body as BodyInit : JSON.stringify(body);
    const response = await app.request(path, { method, headers, body: sent });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const json = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      body: json ? JSON.parse(text) : text,
      text,
      bytes,
      headers: response.headers,
      etag: response.headers.get("etag"),
    };
  }

  /** Stores a whole document, as the control plane does. */
  async function put(tenantId: string, document: TenantConfiguration): Promise<TestAnswer> {
    const path = `/internal/tenants/${tenantId}/configuration`;
    return await call("PUT", path, { token: await serviceToken("cell:E39"), body: document });
  }

  return {
    ...{ app, call, cell, clock, database, log, put },
    get: async (tenantId: string): Promise<TestAnswer> =>
      await call("GET", `/internal/tenants/${tenantId}/configuration`, {
        token: await serviceToken("cell:E39"),
      }),
    /** Makes a tenant with the example configuration, changed as said; answers its id. */
    async tenant(change: (draft: Draft) => void = () => {}): Promise<string> {
      const tenantId = uuidV7()();
      await db.insertInto("cfg.tenants").values({
        ...{ id: tenantId, partner_id: tenantId, slug: tenantId, name: "Tenant" },
        ...{ cluster_id: "E39", status: "active" as const },
      }).execute();
      // What was placed just now is looked up only after a while.
      clock.ahead += 200;
      const draft: Draft = structuredClone(EXAMPLE);
      for (const agent of draft.agents) agent.password = `${agent.id}'s password`;
      for (const sender of draft.assetSenders) sender.accessToken = "token";
      change(draft);
      const { status, text } = await put(tenantId, TenantConfiguration.parse(draft));
      if (status !== 200) throw new Error(text);
      return tenantId;
    },
    /** A person's token. */
    token: (tenant: string, ...roles: Role[]): Promise<string> =>
      signAccessToken(own.privateKey, {
        ...{ sub: "anna", tenant, roles: roles.length > 0 ? roles : ["admin"] },
        exp: Math.floor((Date.now() + clock.ahead) / 1000) + 600,
      }, () => Date.now() + clock.ahead),
    async close(): Promise<void> {
      await cell.close();
      await cell.saveSnapshots();
      for (const id of timers) clearTimeout(id);
      await database.close();
    },
  };
}
