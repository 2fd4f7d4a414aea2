import assert from "node:assert/strict";
import { SNAPSHOT_UPCASTERS, SNAPSHOT_VERSION } from "./snapshot_version.ts";

Deno.test("facts of the first version get what was added since", () => {
  const first = { interactions: [["a", { id: "a" }]], agents: [] };
  const now = SNAPSHOT_UPCASTERS.reduce(
    (facts, upcast) => upcast(facts),
    first as Record<string, unknown>,
  );
  assert.deepEqual(now, { agents: [], interactions: [["a", { recordings: [], id: "a" }]] });
  assert.equal(SNAPSHOT_VERSION, 1 + SNAPSHOT_UPCASTERS.length);
});

Deno.test("facts that cannot be read stay so, for the reader to refuse", () => {
  for (const upcast of SNAPSHOT_UPCASTERS) assert.deepEqual(upcast({}), {});
});
