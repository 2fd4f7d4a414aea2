import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { Directory } from "../configuration/directory.ts";
import { SAMPLE, sampleConfiguration } from "../configuration/sample_configuration.ts";
import { CellDouble } from "../testing/cell_double.ts";
import { CellLinks } from "./cell_links.ts";
import { LINK_TIMES } from "./link_times.ts";

const CALL = "018f0000-0000-7000-8000-00000000000c";

function directoryWith(e39: CellDouble, c14: CellDouble, tenants = sampleConfiguration().tenants) {
  const sample = sampleConfiguration();
  const url = (id: string) => id === "E39" ? e39.url : c14.url;
  const clusters = sample.clusters.map((cluster) => ({ ...cluster, urls: [url(cluster.id)] }));
  return new Directory({ ...sample, clusters, tenants });
}

Deno.test("CellLinks keeps one link to each cluster that has tenants, and each its own events", async () => {
  const [e39, c14] = [new CellDouble(), new CellDouble({ acks: false })];
  const links = new CellLinks({
    popId: "FRA",
    bootId: "018f0000-0000-7000-8000-0000000000b0",
    token: (audience) => Promise.resolve(audience),
    liveCalls: () => [],
    softphones: () => [],
    onCommand: () => ({ ok: true, code: null }),
    outboxLimit: 10,
    keys: () => [],
    times: { ...LINK_TIMES, ping: 1000, silence: 5000, firstBackoff: 5, longestBackoff: 20 },
    log: createLogger({ service: "test", write: () => {} }),
    counters: new Counters(),
  });
  links.update(directoryWith(e39, c14));
  assert.equal((await e39.frame("hello")).token, "cell:E39");
  assert.equal((await c14.frame("hello")).token, "cell:C14");
  assert.deepEqual([links.urls("E39"), links.urls("X1")], [[e39.url], []]);
  const event = { type: "call.answered", codec: "PCMA" } as const;
  const placed = { tenantId: SAMPLE.other, callId: CALL, at: 1, event };
  links.publish("C14", placed);
  await c14.frame("event");
  assert.equal(e39.events.length, 0);
  const staying = sampleConfiguration().tenants.filter((tenant) => tenant.clusterId === "E39");
  links.update(directoryWith(e39, c14, staying));
  assert.ok("C14" in links.states(), "an event still waits there");
  c14.send({ type: "ack", seq: 1 });
  c14.acks = true;
  links.publish("C14", placed);
  await c14.frame("event", (frame) => frame.seq === 2);
  while (links.pending > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  links.update(directoryWith(e39, c14, staying));
  assert.deepEqual(links.states(), { E39: true });
  await links.stop();
  await Promise.all([e39.close(), c14.close()]);
});
