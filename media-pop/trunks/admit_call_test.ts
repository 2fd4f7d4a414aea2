import assert from "node:assert/strict";
import { Directory } from "../configuration/directory.ts";
import { SAMPLE, sampleConfiguration } from "../configuration/sample_configuration.ts";
import { admitCall, type CallRequest } from "./admit_call.ts";
import { TrunkUsage } from "./trunk_usage.ts";

const directory = new Directory(sampleConfiguration());
const good = { source: "127.0.1.1", calledUser: "+4969900100", hasCommonCodec: true };
const admit = (changes: Partial<CallRequest>, usage = new TrunkUsage()) =>
  admitCall({ ...good, ...changes }, directory, usage, 0);
const reason = (changes: Partial<CallRequest>, usage?: TrunkUsage) => {
  const result = admit(changes, usage);
  return result.admitted ? "admitted" : result.reason;
};

Deno.test("admitCall() takes a call in and counts it on its trunk", () => {
  const usage = new TrunkUsage();
  const result = admit({}, usage);
  assert.ok(result.admitted);
  assert.equal(result.trunk.id, SAMPLE.carrierTrunk);
  assert.deepEqual([result.tenantId, result.clusterId], [SAMPLE.tenant, "E39"]);
  assert.equal(usage.live(SAMPLE.carrierTrunk), 1);
});

Deno.test("admitCall() refuses with the reason that applies first", () => {
  assert.equal(reason({ source: "127.0.3.3" }), "unknown_source");
  assert.equal(reason({ calledUser: "+4969900199" }), "unknown_number");
  assert.equal(reason({ calledUser: "+4969900200" }), "tenant_suspended");
  assert.equal(reason({ source: "127.0.2.1", calledUser: "+12125550100" }), "other_tenant");
  assert.equal(reason({ source: "127.0.2.1", calledUser: "+4969900200" }), "other_tenant");
  assert.equal(reason({ hasCommonCodec: false }), "no_common_codec");
});

Deno.test("admitCall() holds a trunk to its calls and its rate, and refusals count on neither", () => {
  const sample = sampleConfiguration();
  const limit = (maxCalls: number, maxCallsPerSecond: number) =>
    new Directory({
      ...sample,
      trunks: sample.trunks.map((t) => ({ ...t, maxCalls, maxCallsPerSecond })),
    });
  const usage = new TrunkUsage();
  const narrow = limit(1, 5);
  assert.equal(admitCall({ ...good, hasCommonCodec: false }, narrow, usage, 0).admitted, false);
  assert.ok(admitCall(good, narrow, usage, 0).admitted);
  const second = admitCall(good, narrow, usage, 0);
  assert.equal(!second.admitted && second.reason, "max_calls");
  const slow = limit(9, 1);
  assert.ok(admitCall(good, slow, usage, 0).admitted);
  const third = admitCall(good, slow, usage, 0);
  assert.equal(!third.admitted && third.reason, "calls_per_second");
});

Deno.test("admitCall() prefers the tenant's own trunk where a source is shared", () => {
  const sample = sampleConfiguration();
  const shared = new Directory({
    ...sample,
    trunks: sample.trunks.map((t) => ({ ...t, sources: ["127.0.5.5"] })),
  });
  const from = (calledUser: string) =>
    admitCall({ ...good, source: "127.0.5.5", calledUser }, shared, new TrunkUsage(), 0);
  const own = from("+4969900100");
  const carrier = from("+12125550100");
  assert.equal(own.admitted && own.trunk.id, SAMPLE.customerTrunk);
  assert.equal(carrier.admitted && carrier.trunk.id, SAMPLE.carrierTrunk);
});
