import assert from "node:assert/strict";
import { join } from "node:path";
import { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import { keepDataKind } from "./data_kind.ts";
import { deploymentOf } from "./deployment_of.ts";
import { makeFolders } from "./folders.ts";
import { readLocalState, removeLocalState, writeLocalState } from "./local_state.ts";
import { portPlan } from "./port_plan.ts";
import { runningPlatform } from "./running_platform.ts";
import { readOrMakeSecrets } from "./secrets.ts";
import { readOrMakeServiceKeys } from "./service_keys.ts";
import { placementOf, sitePlans } from "./site_plans.ts";

const mode = async (path: string) => (await Deno.stat(path)).mode! & 0o777;

Deno.test("makeFolders() keeps secrets to ourselves", async () => {
  const root = await Deno.makeTempDir();
  const folders = await makeFolders(join(root, "data"));
  assert.equal(await mode(folders.data), 0o711);
  for (const name of ["secrets", "logs", "run", "state"] as const) {
    assert.equal(await mode(folders[name]), 0o700);
  }
  await Deno.remove(root, { recursive: true });
});

Deno.test("makeFolders() says where it cannot write", async () => {
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(join(root, "file"), "");
  await assert.rejects(makeFolders(join(root, "file", "data")), /Cannot write to .*--data/);
  if (Deno.build.os === "linux") {
    await assert.rejects(makeFolders("/sys/kernel/antiphon"), /Cannot write to .*--data/);
  }
  await Deno.remove(root, { recursive: true });
});

Deno.test("secrets and keys are made once, for our eyes only", async () => {
  const folder = await Deno.makeTempDir();
  const services = ["control-plane", "cell:E39"];
  const secrets = await readOrMakeSecrets(folder);
  const keys = await readOrMakeServiceKeys(folder, services);
  assert.deepEqual(await readOrMakeSecrets(folder), secrets);
  assert.deepEqual(await readOrMakeServiceKeys(folder, services), keys);
  assert.equal(Uint8Array.fromBase64(secrets.sealing.E39, { alphabet: "base64url" }).length, 32);
  for (const entry of Deno.readDirSync(folder)) {
    assert.equal(await mode(join(folder, entry.name)), 0o600);
  }
  const { path, publicKey } = keys.get("cell:E39")!;
  const own = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(path)));
  assert.equal(own.jwk.kid, publicKey.jwk.kid);
  assert.ok(!("d" in publicKey.jwk));

  const { recordings, replication, ...before } = secrets;
  await Deno.writeTextFile(join(folder, "secrets.json"), JSON.stringify(before));
  const added = await readOrMakeSecrets(folder);
  assert.notDeepEqual(added.recordings, recordings);
  assert.notDeepEqual(added.replication, replication);
  assert.deepEqual(await readOrMakeSecrets(folder), { ...added, ...before });

  await Deno.writeTextFile(join(folder, "secrets.json"), "{");
  await assert.rejects(readOrMakeSecrets(folder), { code: "configuration_invalid" });
  await Deno.remove(folder, { recursive: true });
});

const parts = {
  ports: portPlan(7000),
  sites: sitePlans(),
  placement: placementOf(),
  standby: true,
  extraSip: ["udp:10.203.0.1:5060"],
};

Deno.test("deploymentOf() gives Frankfurt the extra SIP addresses", () => {
  const { pops, clusters, edges } = deploymentOf(parts, []);
  assert.deepEqual(pops.map((pop) => pop.sip), [
    ["udp:127.0.0.1:7060", "tcp:127.0.0.1:7060", "udp:10.203.0.1:5060"],
    ["udp:127.0.0.1:7062", "tcp:127.0.0.1:7062"],
  ]);
  assert.deepEqual(clusters.map((it) => [it.id, it.standbyRegion, ...it.urls]), [
    ["E39", "us-east", "http://127.0.0.1:7010", "http://127.0.0.1:7011"],
    ["C14", "eu-central", "http://127.0.0.1:7020", "http://127.0.0.1:7021"],
  ]);
  assert.equal(edges[0].url, "http://127.0.0.1:7080");
  assert.deepEqual(clusters[1].keepers?.map(({ site }) => site), ["us-east", "eu-central"]);
});

Deno.test("deploymentOf() follows sites' addresses, placement, and the lack of standbys", () => {
  const { pops, clusters, edges } = deploymentOf({
    ...parts,
    sites: sitePlans({ "us-east": { host: "10.91.2.1" }, control: { host: "10.91.3.1" } }),
    placement: placementOf({ NYC: "control" }),
    standby: false,
  }, []);
  assert.equal(pops[1].url, "http://10.91.3.1:7040");
  assert.deepEqual(pops[1].sip, ["udp:10.91.3.1:7062", "tcp:10.91.3.1:7062"]);
  assert.deepEqual(clusters.map((it) => [it.standbyRegion, ...it.urls]), [
    [null, "http://127.0.0.1:7010"],
    [null, "http://10.91.2.1:7020"],
  ]);
  assert.equal(edges[0].url, "http://10.91.3.1:7080");
  assert.equal(clusters[0].keepers, undefined);
});

Deno.test("runningPlatform() finds what runs and says when nothing does", async () => {
  const folder = await Deno.makeTempDir();
  const url = "http://127.0.0.1:1";
  const state = {
    ...{ pid: Deno.pid, controlPlaneUrl: url, edgeUrl: url, consoleUrl: null, demo: null },
    cellUrls: { E39: { "eu-central": url, "us-east": url }, C14: { "us-east": url } },
    ...{ popUrls: { FRA: url, NYC: url }, keeperUrls: { control: url }, standby: true },
    sip: { FRA: "127.0.0.1:1", NYC: "127.0.0.1:2" },
  };
  await assert.rejects(runningPlatform(folder), /deno task start/);
  await writeLocalState(folder, state);
  assert.deepEqual(await runningPlatform(folder), state);
  await writeLocalState(folder, { ...state, pid: 2 ** 30 });
  await assert.rejects(runningPlatform(folder), { code: "unavailable" });
  await removeLocalState(folder);
  assert.equal(await readLocalState(folder), undefined);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("keepDataKind() keeps a data folder to what it was made as", async () => {
  const folder = await Deno.makeTempDir();
  await keepDataKind(folder, true);
  await keepDataKind(folder, true);
  await assert.rejects(keepDataKind(folder, false), {
    code: "conflict",
    message: /made with standbys: start it without --no-standby.*--data/,
  });
  await Deno.writeTextFile(join(folder, "layout.json"), "{");
  await assert.rejects(keepDataKind(folder, true), /damaged/);
  await Deno.remove(join(folder, "layout.json"));
  await Deno.mkdir(join(folder, "postgres", "control-plane"), { recursive: true });
  await Deno.writeTextFile(join(folder, "postgres", "control-plane", "PG_VERSION"), "18");
  await assert.rejects(keepDataKind(folder, true), /An earlier version made it/);
  await Deno.remove(folder, { recursive: true });
});
