import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import postgres from "postgres";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import type { Deployment } from "../../protocol/topology/deployment.ts";
import type { CellClientOptions } from "../configuration/cell_client.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import { migrateDatabase } from "../database/migrate_database.ts";
import { openDatabase } from "../database/open_database.ts";
import { applyDeployment } from "../deployment/apply_deployment.ts";
import { controlPlaneApp } from "../http/control_plane_app.ts";
import { createSealer } from "../secrets/sealer.ts";
import { ChangeSignal } from "../snapshots/change_signal.ts";
import { embeddedPostgres } from "./embedded_postgres.ts";

const CONNECTIONS = 12;

/** What a test sends. */
export interface TestCall {
  token?: string;
  body?: unknown;
  /** Idempotency-Key. */
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What came back. */
export interface TestAnswer {
  status: number;
  // deno-lint-ignore no-explicit-any
  body: any;
  headers: Headers;
}

/** A partner made for a test. */
export interface TestPartner {
  id: string;
  clientId: string;
  clientSecret: string;
  token: string;
}

/** The control plane on a database of its own, called without a socket. */
export type TestPlane = Awaited<ReturnType<typeof testPlane>>;

/** Starts a control plane for tests: clusters E39 and C14, PoPs FRA and NYC, edge "local". */
export async function testPlane(cells: Partial<CellClientOptions> = {}) {
  const server = await embeddedPostgres();
  const name = `t${randomBytes(6).toString("hex")}`;
  const admin = postgres(`postgres://cc@127.0.0.1:${server.port}/postgres`, { max: 1 });
  await admin.unsafe(`create database ${name}`);
  const url = `postgres://cc@127.0.0.1:${server.port}/${name}`;
  const database = await openDatabase(url, { connections: CONNECTIONS });
  // All connections now, so that no test seems to leak one.
  const touch = sql`select pg_sleep(0.05)`;
  await Promise.all(Array.from({ length: CONNECTIONS }, () => touch.execute(database.db)));
  await Promise.all([1, 2].map(() => database.sql`select pg_sleep(0.05)`));
  await migrateDatabase(database.db);

  const keys: Record<string, PrivateServiceKey> = {};
  const deployment: Deployment = { ...DEPLOYED, keys: [] };
  const services = ["control-plane", "cell:E39", "cell:C14", "pop:FRA", "pop:NYC", "edge:local"];
  for (const service of services) {
    const { privateKey, publicKey } = await generateServiceKey(service, `k-${service}`);
    keys[service] = privateKey;
    deployment.keys.push(publicKey);
  }
  await applyDeployment(database.db, deployment, deployment.keys[0]);

  const clock = { at: Date.now() };
  const stopping = new AbortController();
  const log: string[] = [];
  const context: ControlPlaneContext = {
    db: database.db,
    deployment,
    key: keys["control-plane"],
    operator: { clientId: "operator", clientSecret: "operator secret" },
    sealer: createSealer(randomBytes(32).toString("base64url")),
    changes: new ChangeSignal(),
    log: createLogger({ service: "control-plane", write: (line) => log.push(line) }),
    counters: new Counters(),
    now: () => clock.at,
    newId: uuidV7(),
    stopping: stopping.signal,
  };
  const app = controlPlaneApp(context, cells);

  async function call(method: string, path: string, from: TestCall = {}): Promise<TestAnswer> {
    const headers = new Headers(from.headers);
    if (from.token !== undefined) headers.set("authorization", `Bearer ${from.token}`);
    if (from.key !== undefined) headers.set("idempotency-key", from.key);
    let body: BodyInit | undefined;
    if (from.body instanceof URLSearchParams || typeof from.body === "string") body = from.body;
    else if (from.body !== undefined) body = JSON.stringify(from.body);
    if (body !== undefined && !(body instanceof URLSearchParams) && !headers.has("content-type")) {
      headers.set("content-type", "application/json");
    }
    const response = await app.request(path, { method, headers, body, signal: from.signal });
    const text = await response.text();
    const json = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      body: json ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }

  async function token(clientId: string, clientSecret: string): Promise<string> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    return (await call("POST", "/v1/oauth/token", { body })).body.access_token;
  }
  const operatorToken = () => token("operator", "operator secret");

  return {
    ...{ app, call, clock, context, database, deployment, keys, log, stopping, token, url },
    operatorToken,
    /** Makes a partner and gets its token. */
    async partner(name = "Partner"): Promise<TestPartner> {
      const { body } = await call("POST", "/v1/partners", {
        token: await operatorToken(),
        body: { name },
      });
      return { ...body, token: await token(body.clientId, body.clientSecret) };
    },
    /** Makes a tenant with a slug of its own and returns its id. */
    async tenant(of: TestPartner, more: object = {}): Promise<string> {
      const slug = `s-${randomBytes(6).toString("hex")}`;
      const body = { slug, name: "Tenant", ...more };
      return (await call("POST", "/v1/tenants", { token: of.token, body })).body.id;
    },
    /** A service token of this service for the control plane. */
    serviceToken: (service: string, audience = "control-plane") =>
      serviceTokenSigner(keys[service], () => clock.at)(audience),
    async close(): Promise<void> {
      stopping.abort();
      await database.close();
      try {
        await admin.unsafe(`drop database ${name} with (force)`);
      } finally {
        await admin.end();
        await server.leave();
      }
    },
  };
}

const DEPLOYED: Omit<Deployment, "keys"> = {
  clusters: [
    {
      id: "E39",
      homeRegion: "eu-central",
      standbyRegion: "us-east",
      urls: ["http://e39-home.test", "http://e39-standby.test"],
    },
    { id: "C14", homeRegion: "us-east", standbyRegion: null, urls: ["http://c14.test"] },
  ],
  pops: [
    {
      id: "FRA",
      name: "Frankfurt",
      region: "eu-central",
      url: "http://fra.test",
      sip: ["udp:127.0.0.1:7060"],
    },
    { id: "NYC", name: "New York", region: "us-east", url: "http://nyc.test", sip: [] },
  ],
  edges: [{ id: "local", url: "http://edge.test" }],
};
