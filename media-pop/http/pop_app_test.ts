import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { popApp } from "./pop_app.ts";

const counters = new Counters();
const app = popApp({
  health: () => ({ service: "pop:FRA", status: "ok" }),
  count: () => counters.set("antiphon_calls_live", 3),
  counters,
  softphone: () => new Response("upgraded"),
  recordings: null,
  log: createLogger({ service: "test", write: () => {} }),
});

Deno.test("popApp() answers health and metrics", async () => {
  const health = await app.request("/health");
  assert.deepEqual(await health.json(), { service: "pop:FRA", status: "ok" });
  const metrics = await app.request("/metrics");
  assert.equal(await metrics.text(), "antiphon_calls_live 3\n");
  assert.match(metrics.headers.get("content-type")!, /version=0\.0\.4/);
});

Deno.test("popApp() takes only WebSockets at /softphone and says 404 elsewhere", async () => {
  const headers = { upgrade: "websocket" };
  assert.equal(await (await app.request("/softphone", { headers })).text(), "upgraded");
  const plain = await app.request("/softphone");
  assert.equal(plain.status, 422);
  assert.equal(plain.headers.get("content-type"), "application/problem+json");
  assert.equal((await app.request("/else")).status, 404);
});
