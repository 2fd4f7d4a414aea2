import assert from "node:assert/strict";
import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ControlClient } from "./control_client.ts";
import { controlPath } from "./control_path.ts";
import { serveControl } from "./serve_control.ts";

Deno.test("another process drives the platform's processes over a socket of its owner's", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "run"));
  const calls: string[] = [];
  const processes = {
    statuses: [{ name: "edge", state: "ready" as const, pid: 7, restarts: 0, since: 1 }],
    kill: (name: string) => Promise.resolve(void calls.push(`kill ${name}`)),
    renew: (name: string) => Promise.resolve(void calls.push(`renew ${name}`)),
    start: (name: string) => Promise.resolve(void calls.push(`start ${name}`)),
    stop: (name: string) =>
      Promise.reject(new AntiphonError("not_found", `No process is named ${name}`)),
  };
  // What a killed start has left is no obstacle.
  await Deno.writeTextFile(controlPath(folder), "");
  const served = serveControl(controlPath(folder), processes);
  assert.equal((await Deno.stat(controlPath(folder))).mode! & 0o777, 0o600);
  using client = new ControlClient(folder);
  assert.deepEqual(await client.statuses(), [{ name: "edge", state: "ready", pid: 7 }]);
  await client.kill("edge");
  await client.start("edge");
  await client.renew("edge");
  assert.deepEqual(calls, ["kill edge", "start edge", "renew edge"]);
  await assert.rejects(client.stop("x"), /No process is named x/);
  await served[Symbol.asyncDispose]();
  await assert.rejects(client.statuses(), /is deno task start still running/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("serveControl() says when the data folder's path is too long for a socket", () => {
  const processes = { statuses: [], kill: never, start: never, stop: never, renew: never };
  assert.throws(() => serveControl(controlPath(`/tmp/${"x".repeat(100)}`), processes), {
    code: "unavailable",
    message: /too long for a socket.*--data/,
  });
});

function never(): Promise<void> {
  return Promise.reject(new Error("not asked for"));
}
