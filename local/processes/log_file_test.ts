import assert from "node:assert/strict";
import { join } from "node:path";
import { LogFile } from "./log_file.ts";

Deno.test("LogFile keeps the log within twice its size and the last lines at hand", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.log");
  const log = new LogFile(path, 1000);
  for (let i = 0; i < 500; i++) log.write(`line ${i}`);
  log.close();
  const sizes = await Promise.all([path, `${path}.1`].map(async (p) => (await Deno.stat(p)).size));
  assert.ok(sizes.every((size) => size <= 1010), String(sizes));
  assert.equal(log.lastLines.at(-1), "line 499");
  assert.equal(log.lastLines.length, 40);
  assert.match(await Deno.readTextFile(path), /line 499\n$/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("LogFile goes on after a line that the disk did not take", async () => {
  const folder = await Deno.makeTempDir();
  const log = new LogFile(join(folder, "missing", "a.log"));
  log.write("lost");
  assert.deepEqual(log.lastLines[0], "lost");
  assert.match(log.lastLines[1], /log not written/);
  await Deno.remove(folder, { recursive: true });
});
