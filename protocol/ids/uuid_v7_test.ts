import assert from "node:assert/strict";
import { z } from "zod";
import { uuidV7 } from "./uuid_v7.ts";

Deno.test("uuidV7() makes valid ids that sort in the order they were made", () => {
  let at = 1_800_000_000_000;
  const next = uuidV7(() => at);
  const ids = Array.from({ length: 9000 }, (_, i) => (at += i % 3000 === 0 ? 1 : 0, next()));
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids.slice(0, 50)) z.uuidv7().parse(id);
});

Deno.test("uuidV7() goes on upwards when the clock jumps back", () => {
  let at = 5000;
  const next = uuidV7(() => at);
  const first = next();
  at = 1000;
  assert.ok(next() > first);
});
