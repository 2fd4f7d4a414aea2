import assert from "node:assert/strict";
import { RunningCommand } from "../story/running_command.ts";

const BASE = "11000";
let data: string;
Deno.test.beforeAll(async () => {
  data = await Deno.makeTempDir({ prefix: "antiphon-commands-" });
  await Deno.chmod(data, 0o755);
});
Deno.test.afterAll(async () => {
  await Deno.remove(data, { recursive: true });
});

function start(): RunningCommand {
  return new RunningCommand("start", "--port-base", BASE, "--data", data);
}

/** Processes of the platform with this data folder. */
async function processes(): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const text = (file: string) => Deno.readTextFile(`/proc/${name}/${file}`).catch(() => "");
    if ((await text("environ")).includes(data) || (await text("cmdline")).includes(data)) {
      found.push((await text("cmdline")).replaceAll("\0", " "));
    }
  }
  return found;
}

Deno.test("start brings the platform up, call reaches its queue, and Ctrl-C stops it all", async () => {
  await using platform = start();
  await platform.says("Antiphon runs.");
  await platform.says("Sign in to the desktop");
  const call = new RunningCommand("call", "--data", data, "--seconds", "6", "--digit", "2");
  assert.equal(await call.ended(), 0, call.output);
  for (const step of ["rings", "Answered", "greeting", "digit", "queue", "Ended"]) {
    assert.match(call.output, new RegExp(step), call.output);
  }
  await platform.signal("SIGINT");
  assert.equal(await platform.ended(), 0, platform.output);
  assert.deepEqual(await processes(), []);
});

Deno.test("start recovers from its own kill -9", async () => {
  const killed = start();
  await killed.says("Antiphon runs.");
  await killed.signal("SIGKILL");
  await killed.ended();
  assert.ok((await processes()).length > 0, "what it started goes on without it");
  await using again = start();
  await again.says("Antiphon runs.");
  await again.signal("SIGINT");
  assert.equal(await again.ended(), 0, again.output);
  assert.deepEqual(await processes(), []);
});

Deno.test("start says in one line which port is taken and what to do", async () => {
  using _taken = Deno.listen({ hostname: "127.0.0.1", port: Number(BASE) + 80 });
  await using platform = start();
  assert.notEqual(await platform.ended(), 0);
  assert.match(platform.output, new RegExp(`${Number(BASE) + 80}.*--port-base`));
  assert.deepEqual(await processes(), []);
});

Deno.test("call says what to do when nothing runs", async () => {
  const call = new RunningCommand("call", "--data", data);
  assert.notEqual(await call.ended(), 0);
  assert.match(call.output, /start/);
});

Deno.test("demo runs the whole story and its last line is what was measured", async () => {
  await using demo = new RunningCommand("demo", "--json");
  assert.equal(await demo.ended(), 0, demo.output);
  const line = demo.output.trim().split("\n").find((text) => text.startsWith("{"));
  const { call, rona, message, ...rest } = JSON.parse(line!);
  assert.ok(rest.startSeconds > 0);
  assert.ok(Math.abs(call.agentToCallerHz - 1000) <= 5 && call.agentToCallerSnrDb > 15);
  assert.ok(Math.abs(call.callerToAgentHz - 440) <= 15 && call.callerToAgentSnrDb > 15);
  assert.equal(call.legs.length, 2);
  assert.equal(call.foreignRegionRtpPackets, 0);
  assert.ok(rona.requeued && rona.samePlace);
  assert.ok(message.replyDelivered && message.duplicatesShown === 0);
  assert.deepEqual(rest.webhookWhileRegionDown, { status: 200, deliveredAfterRestart: true });
  assert.ok(rest.callWhileControlPlaneDown.answered);
  assert.equal(rest.queuedCallerSurvivedRegionRestart, true);
});

Deno.test("bench prints name, machine and results", async () => {
  await using bench = new RunningCommand("bench", "memory", "--json");
  assert.equal(await bench.ended(), 0, bench.output);
  const line = bench.output.trim().split("\n").find((text) => text.startsWith("{"));
  const { name, machine, results } = JSON.parse(line!);
  assert.equal(name, "memory");
  assert.ok(machine.cores > 0);
  assert.ok(results["cell-E39-eu-central"].pssMiB > 0);
});
