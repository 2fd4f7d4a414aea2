import assert from "node:assert/strict";
import { serially } from "./serially.ts";

Deno.test("serially() runs tasks of one key in turn, of two keys at once, past failures", async () => {
  const inOrder = serially();
  const gate = Promise.withResolvers<void>();
  const done: string[] = [];
  const first = inOrder("a", async () => {
    await gate.promise;
    done.push("a1");
    throw new Error("refused");
  });
  const second = inOrder("a", () => Promise.resolve(done.push("a2")));
  await inOrder("b", () => Promise.resolve(done.push("b1")));
  assert.deepEqual(done, ["b1"]);
  gate.resolve();
  await assert.rejects(first, /refused/);
  await second;
  assert.deepEqual(done, ["b1", "a1", "a2"]);
});
