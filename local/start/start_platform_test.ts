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
  await platform.redundant();
  const processes = platform.processes();
  assert.deepEqual(processes.map((it) => it.name).sort(), [
    ...["cell-C14-eu-central", "cell-C14-us-east", "cell-E39-eu-central", "cell-E39-us-east"],
    ...["control-plane", "edge", "keeper-control", "keeper-eu-central", "keeper-us-east"],
    ...["pop-FRA", "pop-NYC", "postgres-C14-eu-central", "postgres-C14-us-east"],
    ...["postgres-E39-eu-central", "postgres-E39-us-east", "postgres-control-plane"],
  ]);
  assert.ok(processes.every((it) => it.state === "ready"));
  assert.equal(new Set(processes.map((it) => it.pid)).size, 16);
  assert.deepEqual(await readLocalState(given.dataFolder), platform.state);
  const deployment = Deployment.parse(
    JSON.parse(await Deno.readTextFile(join(given.dataFolder, "deployment.json"))),
  );
  assert.equal(deployment.keys.length, 9);
  for (const line of ["cell-E39-eu-central is ready", "E39 has its standby in us-east"]) {
    assert.ok(said.includes(line), line);
  }

  await assert.rejects(startPlatform(given), /runs already on/);
  const other = await Deno.makeTempDir();
  await assert.rejects(
    startPlatform({ ...given, dataFolder: other }),
    new RegExp(`Ports ${given.portBase} \\(control plane\\), .* in use`),
  );
  await Deno.remove(other, { recursive: true });

  await platform.kill("cell-E39-eu-central");
  await platform.start("cell-E39-eu-central");
  await platform.kill("postgres-E39-us-east");
  await assert.rejects(platform.start("postgres-E39-us-east"), /Only its keeper/);
  const pids = platform.processes().map((it) => it.pid);
  await platform[Symbol.asyncDispose]();
  assert.equal(await alive(pids), 0);
  assert.equal(await readLocalState(given.dataFolder), undefined);

  // What was stored is there at the next start, on the same secrets.
  const again = await startPlatform({ ...given, console: false });
  assert.equal(again.state.consoleUrl, null);
  const left = again.processes().filter(({ name }) => name.startsWith("keeper"));
  await again[Symbol.asyncDispose]();
  assert.equal(await alive(left.map(({ pid }) => pid)), 0);
  await Deno.remove(given.dataFolder, { recursive: true });
});

Deno.test("startPlatform() runs on few processes without standbys", async () => {
  const given = { ...await options(), standby: false };
  const platform = await startPlatform(given);
  await platform.redundant();
  assert.deepEqual(platform.processes().map((it) => it.name).sort(), [
    ...["cell-C14-us-east", "cell-E39-eu-central", "control-plane", "edge", "keeper-control"],
    ...["pop-FRA", "pop-NYC", "postgres-C14-us-east", "postgres-E39-eu-central"],
    "postgres-control-plane",
  ]);
  const pids = platform.processes().map((it) => it.pid);
  assert.ok(pids.every((pid) => pid !== null));
  await platform[Symbol.asyncDispose]();
  assert.equal(await alive(pids), 0);
  await assert.rejects(startPlatform({ ...given, standby: true }), /made without standbys/);
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
