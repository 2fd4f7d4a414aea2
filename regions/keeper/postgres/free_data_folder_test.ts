import assert from "node:assert/strict";
import { join } from "node:path";
import { freeDataFolder } from "./free_data_folder.ts";

Deno.test({
  name: "freeDataFolder() waits for backends, kills one that hangs, and leaves others alone",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    await Deno.writeTextFile(join(folder, "postmaster.pid"), "1\n");
    const run = (name: string) =>
      new Deno.Command("/bin/bash", {
        args: ["-c", `exec -a "${name}" sleep 60`],
        cwd: folder,
      }).spawn();
    const backend = run("postgres: walwriter");
    const other = run("vi");
    await assert.rejects(freeDataFolder(folder, 200), { code: "conflict" });
    assert.equal((await backend.status).signal, "SIGKILL");
    other.kill("SIGTERM");
    assert.equal((await other.status).signal, "SIGTERM");
    await freeDataFolder(folder, 5000);
    await assert.rejects(Deno.stat(join(folder, "postmaster.pid")), Deno.errors.NotFound);
    await Deno.remove(folder, { recursive: true });
  },
});
