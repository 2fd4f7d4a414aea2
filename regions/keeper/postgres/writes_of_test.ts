import assert from "node:assert/strict";
import { LEAST_FREE_BYTES, writesOf } from "./writes_of.ts";

Deno.test("writesOf() takes a primary with a full disk for one that cannot write", () => {
  const full = LEAST_FREE_BYTES - 1;
  assert.equal(writesOf({ recovery: false, disk: LEAST_FREE_BYTES }, "ok"), "ok");
  assert.equal(writesOf({ recovery: false, disk: full }, "ok"), "failing");
  assert.equal(writesOf({ recovery: false, disk: full }, null), "failing");
  assert.equal(writesOf({ recovery: true, disk: full }, null), null);
  assert.equal(writesOf({ recovery: null, disk: 0 }, null), null);
});
