import { randomBytes } from "node:crypto";
import https from "node:https";
import { Connector } from "../../../protocol/configuration/connector.ts";
import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { indexConfiguration } from "../../../regions/configuration/configuration_index.ts";
import { OutgoingHttp } from "../../../regions/egress/outgoing_http.ts";
import { createSealer } from "../../../regions/secrets/sealer.ts";
import { TenantKeys } from "../../../regions/secrets/tenant_keys.ts";
import { HttpService } from "../../../regions/services/http_service.ts";
import type { HttpServiceRequest } from "../../../regions/services/http_service_request.ts";
import { cellTestDatabase } from "../../../regions/testing/cell_test_database.ts";
import { EXAMPLE } from "../../../regions/testing/tenant_harness.ts";
import { testCertificates } from "../../../regions/testing/test_certificates.ts";
import { percentile } from "../percentile.ts";
import { TEST_FENCE } from "../../../regions/testing/test_fence.ts";

const REQUESTS = 3_000;
const AT_ONCE = 16;
const ECHO = new URL("echo_server.ts", import.meta.url).pathname;

/**
 * Requests to a server on this machine over TLS 1.3: by node:https alone, through the guard, and as
 * flows make them (a connector with a sealed token, two values taken out, one of them sealed).
 */
export async function services() {
  await using cleanup = new AsyncDisposableStack();
  const certificates = await testCertificates();
  cleanup.defer(() => certificates.remove());
  const { cert, key } = certificates.files.ec;
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ECHO, cert, key],
    ...{ stdout: "piped", stderr: "null" },
  }).spawn();
  cleanup.defer(async () => {
    server.kill("SIGKILL");
    await server.status;
  });
  const reader = server.stdout.getReader();
  const port = Number(new TextDecoder().decode((await reader.read()).value).trim());
  cleanup.defer(() => reader.cancel());
  const url = `https://localhost:${port}`;
  const agent = new https.Agent({ keepAlive: true, maxSockets: AT_ONCE, ca: certificates.ca });
  cleanup.defer(() => agent.destroy());
  const timer = (ms: number, run: () => void) => {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  };
  const egress = {
    allow: new Set([`localhost:${port}`]),
    resolve: () => Promise.resolve([]),
    ca: [certificates.ca],
  };
  const outgoing = new OutgoingHttp({ ...TEST_FENCE, egress, timer });
  cleanup.defer(() => outgoing.close());
  const database = await cellTestDatabase();
  cleanup.defer(() => database.close());
  const asFlows = await flowsRequest(database.db, outgoing, url, timer);
  const { signal } = new AbortController();
  const times = { connectMs: 5_000, firstByteMs: 5_000, totalMs: 8_000 };
  const request = { method: "GET", url: new URL(`${url}/a`), headers: {}, body: null };
  const bare = await measure(() => plain(agent, `${url}/a`));
  const guarded = await measure(() => outgoing.exchange("t", request, times, signal));
  const flows = await measure(() => asFlows(signal));
  return {
    ...{ requests: REQUESTS, atOnce: AT_ONCE, bare, guarded, flows },
    guardedToBare: Math.round(100 * guarded.perSecond / bare.perSecond) / 100,
    addedByGuardMs: Math.round(100 * (guarded.aloneP50Ms - bare.aloneP50Ms)) / 100,
    addedByFlowMs: Math.round(100 * (flows.aloneP50Ms - bare.aloneP50Ms)) / 100,
  };
}

async function flowsRequest(
  db: Awaited<ReturnType<typeof cellTestDatabase>>["db"],
  outgoing: OutgoingHttp,
  baseUrl: string,
  timer: (ms: number, run: () => void) => () => void,
) {
  const tenantId = uuidV7()();
  const sealer = createSealer(randomBytes(32).toString("base64url"));
  const keys = new TenantKeys({ db, sealer, now: Date.now });
  await db.insertInto("cell.entity_secrets").values({
    ...{ tenant_id: tenantId, kind: "connectors", id: "crm", sealed: await sealer.seal("token") },
  }).execute();
  const connector = Connector.parse({
    ...{ id: "crm", name: "CRM", baseUrl, authorised: true, authentication: { type: "bearer" } },
  });
  const configuration = indexConfiguration(
    TenantConfiguration.parse({ ...EXAMPLE, connectors: [connector] }),
    new Map(),
    new Map(),
  );
  const service = new HttpService({
    ...{ db, sealer, keys, outgoing, timer, now: Date.now, random: Math.random },
    ...{ counters: new Counters(), log: createLogger({ service: "bench", write: () => {} }) },
  });
  const output = (variable: string, path: string, sensitive: boolean) => ({
    ...{ variable, path, type: "text" as const, required: true, sensitive },
  });
  return async (signal: AbortSignal) => {
    const request: HttpServiceRequest = {
      ...{ type: "http", connectorId: "crm", method: "GET", address: "/a", headers: {} },
      ...{ body: null, contentType: "application/json", format: null, until: Date.now() + 8_000 },
      outputs: [output("name", "$.customer.name", false), output("tier", "$..tier", true)],
      ...{ retries: 2, redirects: 0 },
    };
    const call = { tenantId, interactionId: "i", step: 1, request, configuration };
    const { outcome, code } = await service.perform(call, signal);
    if (outcome !== "answered" || code) throw new Error(`${outcome} ${code}`);
  };
}

async function measure(send: () => Promise<unknown>) {
  for (let i = 0; i < 200; i++) await send();
  const alone: number[] = [];
  for (let i = 0; i < 500; i++) {
    const from = performance.now();
    await send();
    alone.push(performance.now() - from);
  }
  let left = REQUESTS;
  const from = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) await send();
  }));
  const perSecond = Math.round(REQUESTS / ((performance.now() - from) / 1000));
  const ms = (p: number) => Math.round(100 * percentile(alone, p)) / 100;
  return { perSecond, aloneP50Ms: ms(50), aloneP99Ms: ms(99) };
}

function plain(agent: https.Agent, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    https.get(url, { agent }, (answer) => {
      answer.resume().on("end", resolve).on("error", reject);
    }).on("error", reject);
  });
}
