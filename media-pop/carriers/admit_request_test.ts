import assert from "node:assert/strict";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { Directory } from "../configuration/directory.ts";
import { sampleConfiguration } from "../configuration/sample_configuration.ts";
import { sipRequest } from "../testing/sip_request.ts";
import { admitRequest } from "./admit_request.ts";

const directory = new Directory(sampleConfiguration());
const listener = { transport: "udp", hostname: "127.0.0.1", port: 5060 } as const;
const from = (address: string) => ({ address, port: 5060, listener });

function admission() {
  const lines: string[] = [];
  const counters = new Counters();
  const log = createLogger({ service: "test", write: (line) => lines.push(line) });
  return { admit: admitRequest(() => directory, log, counters, () => 0), lines, counters };
}

Deno.test("admitRequest() lets trunks in and answers strangers 403 without state", () => {
  const { admit, counters } = admission();
  assert.equal(admit(from("127.0.1.1"), sipRequest([])), "admit");
  const refused = admit(from("127.0.3.3"), sipRequest([]));
  assert.ok(typeof refused === "object");
  assert.equal(refused.status, 403);
  assert.deepEqual(refused.headers, [["Reason", 'Q.850;cause=21;text="source not allowed"']]);
  const reason = "unknown_source";
  assert.equal(counters.get("antiphon_calls_refused_total", { reason }), 1);
});

Deno.test("admitRequest() lets requests within a dialog pass, whoever sends them", () => {
  const { admit } = admission();
  const bye = sipRequest([], { method: "BYE", to: "<sip:x@pop.example>;tag=ours" });
  assert.equal(admit(from("127.0.3.3"), bye), "admit");
});

Deno.test("admitRequest() does not let a scan fill the log, and counts calls only", () => {
  const { admit, lines, counters } = admission();
  for (let i = 0; i < 1000; i++) admit(from("127.0.3.3"), sipRequest([], { method: "OPTIONS" }));
  assert.equal(lines.length, 10);
  const reason = "unknown_source";
  assert.equal(counters.get("antiphon_calls_refused_total", { reason }), 0);
});
