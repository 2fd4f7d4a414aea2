import assert from "node:assert/strict";
import { join } from "node:path";
import { isStale } from "./is_stale.ts";

Deno.test("isStale() looks at every source, but not at tests and outputs", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const at = (path: string) => join(folder, path);
    await Deno.mkdir(at("src/deep"), { recursive: true });
    await Deno.mkdir(at("src/dist"));
    for (const path of ["src/deep/a.ts", "src/deep/a_test.ts", "src/dist/b.js", "lock"]) {
      await Deno.writeTextFile(at(path), "");
      await Deno.utime(at(path), 1_000, 1_000);
    }
    const stale = () => isStale(at("out.js"), [at("src"), at("lock"), at("missing")]);
    assert.equal(await stale(), true);
    await Deno.writeTextFile(at("out.js"), "");
    await Deno.utime(at("out.js"), 2_000, 2_000);
    assert.equal(await stale(), false);
    for (const path of ["src/deep/a_test.ts", "src/dist/b.js"]) {
      await Deno.utime(at(path), 3_000, 3_000);
    }
    assert.equal(await stale(), false);
    await Deno.utime(at("src/deep/a.ts"), 3_000, 3_000);
    assert.equal(await stale(), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
