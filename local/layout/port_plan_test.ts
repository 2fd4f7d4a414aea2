import assert from "node:assert/strict";
import fc from "fast-check";
import { portPlan } from "./port_plan.ts";

Deno.test("portPlan() gives every part ports of its own that exist", () => {
  fc.assert(fc.property(fc.integer({ min: 1024, max: 63_900 }), (base) => {
    const plan = portPlan(base);
    const tcp = [
      plan.controlPlane,
      plan.edge,
      plan.console,
      plan.controlPostgres,
      ...Object.values(plan.keepers),
      ...[plan.postgres, plan.cells].flatMap((of) => Object.values(of)).flatMap((sites) =>
        Object.values(sites)
      ),
      ...Object.values(plan.pops).flatMap((pop) => [pop.http, pop.sip]),
    ];
    const udp = Object.values(plan.pops).flatMap((pop) => [
      pop.sip,
      pop.webrtc,
      ...Array.from({ length: pop.rtp[1] - pop.rtp[0] + 1 }, (_, i) => pop.rtp[0] + i),
    ]);
    for (const ports of [tcp, udp]) {
      assert.equal(new Set(ports).size, ports.length);
      assert.ok(ports.every((port) => port >= 1024 && port <= 65_535));
    }
  }));
});

Deno.test("portPlan() refuses a base whose ports would not fit", () => {
  for (const base of [80, 64_000, 7000.5, NaN]) {
    assert.throws(() => portPlan(base), { code: "configuration_invalid" });
  }
});
