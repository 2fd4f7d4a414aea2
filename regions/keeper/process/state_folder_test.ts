import assert from "node:assert/strict";
import { join } from "node:path";
import { lockState } from "./lock_state.ts";
import { readInstance } from "./read_instance.ts";
import { writeDurably } from "./write_durably.ts";

Deno.test("a state folder has one keeper, and one instance for good", async () => {
  const folder = await Deno.makeTempDir();
  const instance = await readInstance(folder);
  assert.equal(await readInstance(folder), instance);
  const lock = await lockState(folder);
  await assert.rejects(lockState(folder), { code: "conflict" });
  lock[Symbol.dispose]();
  (await lockState(folder))[Symbol.dispose]();
  await writeDurably(join(folder, "a"), "one");
  await writeDurably(join(folder, "a"), "two");
  assert.equal(await Deno.readTextFile(join(folder, "a")), "two");
  await Deno.remove(folder, { recursive: true });
});
