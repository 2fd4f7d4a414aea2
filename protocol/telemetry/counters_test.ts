import assert from "node:assert/strict";
import { Counters } from "./counters.ts";

Deno.test("Counters render sorted Prometheus text with escaped labels", () => {
  const counters = new Counters();
  counters.add("b_total", { reason: 'say "no"' });
  counters.add("b_total", { reason: 'say "no"' }, 2);
  counters.set("a", 7);
  assert.equal(counters.render(), 'a 7\nb_total{reason="say \\"no\\""} 3\n');
  assert.equal(counters.get("b_total", { reason: 'say "no"' }), 3);
});
