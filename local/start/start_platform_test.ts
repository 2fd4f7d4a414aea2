import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Deployment } from "../../protocol/topology/deployment.ts";
import { readLocalState } from "../layout/local_state.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";
import { checkPorts } from "./check_ports.ts";
import type { PlatformOptions } from "./platform_options.ts";
import { portPlan } from "../layout/port_plan.ts";
import { ROOM_PROGRAMS } from "../layout/rooms.ts";
import { placementOf, sitePlans } from "../layout/site_plans.ts";
import { startPlatform } from "./start_platform.ts";

const double = fileURLToPath(new URL("./testing/room_double.ts", import.meta.url));

/** Options on a temporary folder and ports that are free now; rooms are stood in for. */
async function options(): Promise<PlatformOptions & { portBase: number; dataFolder: string }> {
  const dataFolder = await Deno.makeTempDir();
  await Deno.chmod(dataFolder, 0o711);
  return {
    dataFolder,
    portBase: freeBase(),
    seed: false,
    console: true,
    programs: {
      controlPlane: double,
      ...{ cell: double, pop: double, edge: double },
      keeper: ROOM_PROGRAMS.keeper,
    },
  };
}

function layoutOn(base: number) {
  return { ports: portPlan(base), sites: sitePlans(), placement: placementOf() };
}

function freeBase(): number {
  for (;;) {
    const base = 9000 + Math.floor(Math.random() * 200) * 100;
    try {
      checkPorts(layoutOn(base));
      return base;
    } catch (error) {
      if (!(error instanceof AntiphonError) || error.code !== "address_in_use") throw error;
    }
  }
}

const alive = async (pids: (number | null)[]) =>
  (await Promise.all(pids.map((pid) => processIdentity(pid ?? 0)))).filter(Boolean).length;

Deno.test("startPlatform() runs every part as a process of its own, and stops them all", async () => {
  const given = await options();
  const said: string[] = [];
  const platform = await startPlatform({ ...given, say: (line) => said.push(line) });
  const processes = platform.processes();
  assert.deepEqual(processes.map((it) => it.name).sort(), [
    ...["cell-C14", "cell-E39", "control-plane", "edge", "pop-FRA", "pop-NYC"],
    ...["postgres-C14", "postgres-E39", "postgres-control-plane"],
  ]);
  assert.ok(processes.every((it) => it.state === "ready"));
  assert.equal(new Set(processes.map((it) => it.pid)).size, 9);
  assert.deepEqual(await readLocalState(given.dataFolder), platform.state);
  const deployment = Deployment.parse(
    JSON.parse(await Deno.readTextFile(join(given.dataFolder, "deployment.json"))),
  );
  assert.equal(deployment.keys.length, 6);
  assert.ok(said.includes("cell-E39 is ready"));

  await assert.rejects(startPlatform(given), /runs already on/);
  const other = await Deno.makeTempDir();
  await assert.rejects(
    startPlatform({ ...given, dataFolder: other }),
    new RegExp(`Ports ${given.portBase} \\(control plane\\), .* in use`),
  );
  await Deno.remove(other, { recursive: true });

  await platform.kill("cell-E39");
  await platform.start("cell-E39");
  const pids = platform.processes().map((it) => it.pid);
  await platform[Symbol.asyncDispose]();
  assert.equal(await alive(pids), 0);
  assert.equal(await readLocalState(given.dataFolder), undefined);

  // What was stored is there at the next start, on the same secrets.
  const again = await startPlatform({ ...given, console: false });
  assert.equal(again.state.consoleUrl, null);
  await again[Symbol.asyncDispose]();
  await Deno.remove(given.dataFolder, { recursive: true });
});

Deno.test("startPlatform() says which part failed, with its reason, and leaves nothing running", async () => {
  const given = await options();
  await assert.rejects(startPlatform({ ...given, logLevel: "error" }), (error: AntiphonError) => {
    assert.equal(
      error.message,
      "edge ended with exit code 78 before it was ready: The bundle is missing",
    );
    return Array.isArray(error.data.lastLines);
  });
  checkPorts(layoutOn(given.portBase));
  await Deno.remove(given.dataFolder, { recursive: true });
});

Deno.test("startPlatform() stops what runs when it is aborted", async () => {
  const given = await options();
  const abort = new AbortController();
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
    if (line === "control-plane is ready") abort.abort();
  };
  await assert.rejects(
    startPlatform({ ...given, say, signal: abort.signal }),
    /Stopped while starting/,
  );
  assert.ok(!said.includes("edge is ready"));
  checkPorts(layoutOn(given.portBase));
  await Deno.remove(given.dataFolder, { recursive: true });
});
