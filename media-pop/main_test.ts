import assert from "node:assert/strict";
import { PopBench } from "./testing/pop_bench.ts";
import { PopProcess } from "./testing/pop_process.ts";

Deno.test("the process says when it is ready, answers health, and stops with 0", async () => {
  const bench = await PopBench.open();
  const pop = new PopProcess(bench.environment());
  const { port } = await pop.ready();
  const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json();
  assert.deepEqual([health.service, health.status, health.version], ["pop:FRA", "ok", "1"]);
  const hello = await bench.cell.frame("hello");
  assert.equal(hello.popId, "FRA");
  assert.equal(await pop.stop("SIGTERM"), 0);
  await bench.close();
});

Deno.test("the process starts again from disk while the control plane is dead", async () => {
  const bench = await PopBench.open();
  const first = new PopProcess(bench.environment());
  await first.ready();
  await first.stop("SIGKILL");
  bench.controlPlane.down = true;
  const second = new PopProcess(bench.environment());
  const { port } = await second.ready();
  const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json();
  assert.equal(health.version, "1");
  assert.equal(await second.stop("SIGINT"), 0);
  await bench.close();
});

Deno.test("the process ends with 78 and a fatal line when it cannot work", async () => {
  const bench = await PopBench.open();
  const good = bench.environment();
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const cases: [string, Record<string, string>][] = [
    ["configuration_invalid", { ...good, POP_ID: "" }],
    ["configuration_invalid", { ...good, SERVICE_KEY_FILE: "/nonexistent" }],
    ["configuration_invalid", { ...good, CONTROL_PLANE_KEYS_FILE: "/nonexistent" }],
    ["address_in_use", { ...good, PORT: String(taken.addr.port) }],
    ["address_in_use", { ...good, SIP_LISTEN: `tcp:127.0.0.1:${taken.addr.port}` }],
    ["unavailable", {
      ...good,
      CONTROL_PLANE_URL: "http://127.0.0.1:1",
      STATE_DIR: `${bench.folder}/none`,
    }],
  ];
  for (const [code, environment] of cases) {
    const pop = new PopProcess(environment);
    const line = await pop.lines.first(({ event }) => event === "fatal", code, 0, 20_000);
    assert.equal(line.code, code, JSON.stringify(line));
    assert.equal(await pop.exit(), 78);
  }
  taken.close();
  await bench.close();
});
