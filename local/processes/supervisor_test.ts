import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";
import type { ProcessState } from "./process_status.ts";
import { readLines } from "./read_lines.ts";
import type { Supervisor } from "./supervisor.ts";
import { temporarySupervisor } from "./testing/temporary_supervisor.ts";

function inState(supervisor: Supervisor, name: string, state: ProcessState, restarts = 0) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    const status = supervisor.statuses.find((s) => s.name === name);
    if (status?.state === state && status.restarts >= restarts) resolve();
  };
  const end = supervisor.watch(look);
  look();
  return promise.finally(end);
}

Deno.test("Supervisor starts, kills, starts and stops a process by its name", async () => {
  const { supervisor, folder, plan, remove } = await temporarySupervisor();
  await supervisor.run(plan("a", "serve"));
  const first = supervisor.statuses[0];
  assert.equal(first.state, "ready");
  await supervisor.kill("a");
  assert.deepEqual(await processIdentity(first.pid!), undefined);
  assert.deepEqual(supervisor.statuses.map((s) => [s.state, s.pid]), [["stopped", null]]);
  await supervisor.start("a");
  assert.notEqual(supervisor.statuses[0].pid, first.pid);
  await supervisor.stopInOrder([["a", "unknown"]]);
  assert.match(await Deno.readTextFile(join(folder, "logs", "a.log")), /"bye"\n$/);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(join(folder, "run"))), []);
  await assert.rejects(
    async () => await supervisor.kill("b"),
    /No process is named b; there are a/,
  );
  await remove();
});

Deno.test("Supervisor starts a process again that somebody killed", async () => {
  const { supervisor, lines, plan, remove } = await temporarySupervisor();
  await supervisor.run(plan("a", "serve"));
  const { pid } = supervisor.statuses[0];
  Deno.kill(pid!, "SIGKILL");
  await inState(supervisor, "a", "ready", 1);
  assert.notEqual(supervisor.statuses[0].pid, pid);
  assert.ok(lines.some((line) => line.includes("process.ended")));
  await supervisor.stopInOrder([["a"]]);
  await remove();
});

Deno.test("Supervisor has a process renew itself", async () => {
  const { supervisor, plan, remove } = await temporarySupervisor();
  const signal = "SIGHUP";
  const ended = (line: string) => line === '"renewed"' ? "done" as const : undefined;
  await supervisor.run(plan("a", "serve", { renewal: { signal, ended, seconds: 10 } }));
  const { pid } = supervisor.statuses[0];
  await supervisor.renew("a");
  await supervisor.renew("a");
  assert.equal(supervisor.statuses[0].pid, pid);
  await supervisor.run(plan("b", "serve"));
  await assert.rejects(supervisor.renew("b"), { code: "conflict" });
  const never = { signal, ended: () => undefined, seconds: 0.1 } as const;
  await supervisor.run(plan("c", "serve", { renewal: never }));
  await assert.rejects(supervisor.renew("c"), { code: "deadline_exceeded" });
  const failed = { signal, ended: () => "failed" as const, seconds: 10 } as const;
  await supervisor.run(plan("d", "serve", { renewal: failed }));
  await assert.rejects(supervisor.renew("d"), /d was not renewed/);
  await supervisor.stopInOrder([["a", "b", "c", "d"]]);
  await remove();
});

Deno.test("Supervisor leaves it down when restarts are switched off", async () => {
  const { supervisor, plan, remove } = await temporarySupervisor();
  supervisor.autoRestart = false;
  await supervisor.run(plan("a", "serve"));
  Deno.kill(supervisor.statuses[0].pid!, "SIGKILL");
  await inState(supervisor, "a", "stopped");
  await supervisor.stopInOrder([["a"]]);
  await remove();
});

Deno.test("Supervisor starts a process again that asks for it, also when restarts are off", async () => {
  const { supervisor, plan, remove } = await temporarySupervisor();
  supervisor.autoRestart = false;
  await supervisor.run(plan("a", "again", { againCode: 75 }));
  await inState(supervisor, "a", "ready", 1);
  await inState(supervisor, "a", "restarting", 1);
  await supervisor.stop("a");
  assert.equal(supervisor.statuses[0].state, "stopped");
  await supervisor.stopInOrder([["a"]]);
  await remove();
});

Deno.test("Supervisor stops a process that keeps falling, between its restarts", async () => {
  const { supervisor, plan, remove } = await temporarySupervisor();
  await supervisor.run(plan("a", "fall"));
  await inState(supervisor, "a", "restarting", 1);
  await supervisor.stop("a");
  assert.equal(supervisor.statuses[0].state, "stopped");
  await supervisor.stopInOrder([]);
  await remove();
});

Deno.test("Supervisor kills what does not stop in time", async () => {
  const { supervisor, plan, remove } = await temporarySupervisor();
  await supervisor.run(plan("a", "stubborn", { stopSeconds: 0.2 }));
  const { pid } = supervisor.statuses[0];
  await supervisor.stopInOrder([["a"]]);
  assert.equal(await processIdentity(pid!), undefined);
  await remove();
});

Deno.test("Supervisor ends what a killed process has started", async () => {
  const { supervisor, folder, plan, remove } = await temporarySupervisor();
  await supervisor.run(plan("a", "parent"));
  const [line] = (await Deno.readTextFile(join(folder, "logs", "a.log"))).split("\n");
  const { pid } = JSON.parse(line);
  const deadline = Date.now() + 10_000;
  // On a busy machine it has no command line for a moment, between fork and exec.
  while (!await processIdentity(pid)) assert.ok(Date.now() < deadline, "it does not begin");
  await supervisor.kill("a");
  // The kernel ends it in its own time; the deadline is for one that was not killed at all.
  while (await processIdentity(pid)) assert.ok(Date.now() < deadline, "it goes on");
  await supervisor.stopInOrder([]);
  await remove();
});

Deno.test("Supervisor says why a process did not become ready", async () => {
  const { supervisor, plan, remove } = await temporarySupervisor();
  await assert.rejects(supervisor.run(plan("a", "refuse")), (error: AntiphonError) => {
    assert.equal(
      error.message,
      "a ended with exit code 78 before it was ready: Port 1 is taken",
    );
    return (error.data.lastLines as string[]).length === 1;
  });
  await assert.rejects(
    supervisor.run(plan("b", "silent", { readySeconds: 0.5 })),
    /b was not ready within 0.5 s/,
  );
  await assert.rejects(
    supervisor.run(plan("c", "serve", { command: "/nonexistent/program" })),
    /c cannot be run: \/nonexistent\/program/,
  );
  assert.deepEqual(supervisor.statuses.map((s) => s.state), ["failed", "failed", "failed"]);
  await supervisor.stopInOrder([["a", "b", "c"]]);
  await remove();
});

Deno.test("Supervisor stops the orphans of an earlier start, and nothing else", async () => {
  const { supervisor, folder, remove } = await temporarySupervisor();
  const maker = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      fileURLToPath(new URL("./testing/orphan_maker.ts", import.meta.url)),
      folder,
    ],
    stdout: "piped",
  }).spawn();
  const lines = readLines(maker.stdout);
  const { pid } = JSON.parse((await lines.next()).value!);
  maker.kill("SIGKILL");
  await maker.status;
  await lines.return(undefined);
  assert.ok(await processIdentity(pid), "the orphan lives on");
  // A pid file whose pid has gone to somebody else: this very process.
  await Deno.writeTextFile(
    join(folder, "run", "other.pid.json"),
    JSON.stringify({
      name: "other",
      pid: Deno.pid,
      started: "long ago",
      command: "other",
      stopSignal: "SIGTERM",
    }),
  );
  await Deno.writeTextFile(join(folder, "run", "torn.pid.json"), '{"name":');
  assert.deepEqual(await supervisor.stopOrphans(), ["orphan"]);
  assert.equal(await processIdentity(pid), undefined);
  await remove();
});
