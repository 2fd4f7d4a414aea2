import assert from "node:assert/strict";
import { join } from "node:path";
import { isFresh } from "./is_fresh.ts";

Deno.test("isFresh() compares what was built with the newest source", async () => {
  const root = await Deno.makeTempDir();
  const write = async (name: string, seconds: number) => {
    const path = join(root, name);
    await Deno.writeTextFile(path, "");
    await Deno.utime(path, seconds, seconds);
  };
  await Deno.mkdir(join(root, "src/deep"), { recursive: true });
  await write("src/deep/a.ts", 100);
  assert.equal(await isFresh(root, "out.js", ["src"]), false);
  await write("out.js", 200);
  assert.equal(await isFresh(root, "out.js", ["src"]), true);
  await write("src/deep/a.ts", 300);
  assert.equal(await isFresh(root, "out.js", ["src"]), false);
  await Deno.remove(root, { recursive: true });
});
