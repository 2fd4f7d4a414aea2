import assert from "node:assert/strict";
import { endProcess } from "./end_process.ts";
import { processIdentity } from "./process_identity.ts";

Deno.test("a process is told from nobody, and ended", async () => {
  const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
  const identity = await processIdentity(child.pid);
  assert.match(identity!.command, /sleep 600$/);
  await endProcess(child.pid, "another start", "SIGTERM", 5);
  assert.deepEqual(await processIdentity(child.pid), identity);
  await endProcess(child.pid, identity!.started, "SIGTERM", 5);
  assert.equal((await child.status).signal, "SIGTERM");
  assert.equal(await processIdentity(child.pid), undefined);
  assert.equal(await processIdentity(0), undefined);
});
