import assert from "node:assert/strict";
import { RemoteSource } from "./remote_source.ts";

const SDP = { hostname: "192.0.2.1", port: 4000 };
const PORT = { hostname: "192.0.2.1", port: 5000 };
const OTHER = { hostname: "198.51.100.1", port: 4000 };

Deno.test("RemoteSource takes its first packet as its latching says, then only that source", () => {
  const expected = {
    exact: [true, false, false],
    port: [true, true, false],
    any: [true, true, true],
  };
  for (const latching of ["exact", "port", "any"] as const) {
    [SDP, PORT, OTHER].forEach((from, i) => {
      const source = new RemoteSource(latching);
      assert.equal(source.accepts(from), false);
      source.signal(SDP);
      assert.equal(source.accepts(from), expected[latching][i]);
      if (!expected[latching][i]) return;
      assert.deepEqual(source.target, from);
      for (const next of [SDP, PORT, OTHER]) assert.equal(source.accepts(next), next === from);
    });
  }
});

Deno.test("RemoteSource follows a new address of the SDP and keeps its latch on the same", () => {
  const source = new RemoteSource("any");
  source.signal(SDP);
  source.accepts(PORT);
  source.signal({ ...SDP });
  assert.deepEqual(source.target, PORT);
  source.signal(OTHER);
  assert.deepEqual(source.target, OTHER);
  assert.throws(() => source.signal({ hostname: "example.org", port: 1 }), {
    code: "invalid_request",
  });
});
