import assert from "node:assert/strict";
import { processFamily } from "./process_family.ts";

Deno.test({
  name: "processFamily() finds children of children, and nobody of one that has ended",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const parent = new Deno.Command("sh", {
      args: ["-c", "sh -c 'echo $$; read line; :' ; :"],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = parent.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const child = Number((await reader.read()).value);
    assert.deepEqual(await processFamily([parent.pid]), [parent.pid, child]);
    await parent.stdin.close();
    await parent.status;
    await reader.cancel();
    assert.deepEqual(await processFamily([parent.pid]), []);
  },
});
