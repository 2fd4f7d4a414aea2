import assert from "node:assert/strict";
import { join } from "node:path";
import { killOrphan } from "./kill_orphan.ts";

Deno.test("killOrphan() kills the process it knows by its command line, and no other", async () => {
  const folder = await Deno.makeTempDir();
  const config = join(folder, "config.capnp");
  const pidFile = join(folder, "pid");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "setTimeout(() => {}, 60_000)", config],
    stdin: "null",
  }).spawn();
  try {
    assert.equal(await killOrphan(pidFile, config), false);
    await Deno.writeTextFile(pidFile, String(child.pid));
    assert.equal(await killOrphan(pidFile, join(folder, "another.capnp")), false);
    assert.equal(await killOrphan(pidFile, config), true);
    assert.equal((await child.status).signal, "SIGKILL");
    assert.equal(await killOrphan(pidFile, config), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
