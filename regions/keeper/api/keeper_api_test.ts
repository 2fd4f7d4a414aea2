import assert from "node:assert/strict";
import { Problem } from "../../../protocol/errors/problem.ts";
import { KeeperFile } from "../../../protocol/keeper/keeper_file.ts";
import { KeeperStatus } from "../../../protocol/keeper/keeper_status.ts";
import { LeaseAnswer } from "../../../protocol/keeper/lease_answer.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { until } from "../postgres/testing/until.ts";
import { AuditLog } from "../process/audit_log.ts";
import type { Keeper } from "../process/keeper.ts";
import { ClusterKeeperDouble } from "../process/testing/cluster_keeper_double.ts";
import { keeperFile } from "../process/testing/keeper_file.ts";
import { writeDurably } from "../process/write_durably.ts";
import { Witness } from "../witness/witness.ts";
import { keeperApi } from "./keeper_api.ts";

const NAMES = [
  "keeper:eu-central",
  "keeper:us-east",
  "cell:E39",
  "cell:C14",
  "operator",
  "pop:FRA",
];

async function open() {
  const folder = await Deno.makeTempDir();
  const made = await Promise.all(NAMES.map((name) => generateServiceKey(name, name)));
  const keys = made.map(({ publicKey }) => publicKey);
  const file = KeeperFile.parse({ ...await keeperFile(), keys });
  const server = file.servers[0];
  assert.ok(server.kind === "cluster");
  const double = new ClusterKeeperDouble();
  const keeper: Keeper = {
    file,
    witness: new Witness({ folder, now: () => performance.now(), write: writeDurably }),
    clusters: new Map([["E39", {
      server,
      keeper: double.keeper,
      audit: await AuditLog.open(folder),
    }]]),
    soles: new Map(),
    call: () => Promise.reject(new Error("nobody is there")),
    log: createLogger({ service: "test", write: () => {} }),
    stop: () => Promise.resolve(),
    leave: () => Promise.resolve(),
  };
  const app = keeperApi(keeper);
  const ask = async (as: string | null, path: string, body?: unknown) => {
    const key = made.find(({ privateKey }) => privateKey.service === as)?.privateKey;
    const response = await app.request(path, {
      headers: key
        ? { authorization: `Bearer ${await serviceTokenSigner(key)("keeper:eu-central")}` }
        : {},
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    return { status: response.status, value: await response.json() };
  };
  const close = async () => {
    await double.keeper.leave();
    await Deno.remove(folder, { recursive: true });
  };
  return { app, ask, double, close };
}

Deno.test("a keeper's interface takes each caller for what it may", async () => {
  const { ask, close } = await open();
  const code = async (as: string | null, path: string, body?: unknown) => {
    const { status, value } = await ask(as, path, body);
    return status < 300 ? status : Problem.parse(value).code;
  };
  const lease = "/v1/clusters/E39/lease";
  assert.equal(await code(null, lease), "unauthenticated");
  assert.equal(await code("cell:E39", lease), 200);
  assert.equal(await code("cell:C14", lease), "forbidden");
  assert.equal(await code("pop:FRA", lease), "forbidden");
  assert.equal(await code("operator", "/v1/clusters/C14"), "not_found");
  assert.equal(await code("operator", "/v1/nothing"), "not_found");
  const move = { to: "us-east", requestedBy: "a test" };
  assert.equal(await code("cell:E39", "/v1/clusters/E39/switch-overs", move), "forbidden");
  assert.equal(await code("operator", "/v1/clusters/E39/switch-overs", {}), "invalid_request");
  assert.equal(await code("operator", "/v1/clusters/E39/take", {}), "forbidden");
  const take = { site: "eu-central", term: 1 };
  assert.equal(await code("keeper:us-east", "/v1/clusters/E39/take", take), "forbidden");
  const read = { kind: "read", from: { site: "us-east", instance: "b" } };
  assert.equal(await code("keeper:us-east", "/v1/witness/E39", read), 200);
  assert.equal(await code("keeper:eu-central", "/v1/witness/E39", read), "forbidden");
  assert.equal(await code("operator", "/v1/witness/E39", read), "forbidden");
  assert.equal(await code("keeper:us-east", "/v1/witness/..", read), "not_found");
  assert.equal(await code("keeper:us-east", "/v1/witness/E39", {}), "invalid_request");
  await close();
});

Deno.test("a keeper's interface tells how its cluster stands, and why it refuses", async () => {
  const { app, ask, double, close } = await open();
  double.keeper.start();
  await until(() => ask("cell:E39", "/v1/clusters/E39/lease"), ({ value }) => value.held);
  const { value: answer } = await ask("cell:E39", "/v1/clusters/E39/lease");
  assert.equal(LeaseAnswer.parse(answer).active!.epoch, 1);
  const { value } = await ask("operator", "/v1/clusters/E39");
  const status = KeeperStatus.parse(value);
  assert.equal(status.role, "primary");
  assert.deepEqual(status.inSync, ["eu-central"]);

  const body = { to: "us-east", requestedBy: "a test" };
  const refused = await ask("operator", "/v1/clusters/E39/switch-overs", body);
  assert.equal(refused.status, 409);
  assert.equal(refused.value.code, "state_not_allowed");
  assert.equal(refused.value.data.switchOver.state, "refused");
  const { id } = refused.value.data.switchOver;
  const found = await ask("operator", `/v1/clusters/E39/switch-overs/${id}`);
  assert.equal(found.value.state, "refused");

  const metrics = await (await app.request("/metrics")).text();
  assert.match(metrics, /antiphon_keeper_lease_held\{clusterId="E39"\} 1/);
  assert.match(metrics, /antiphon_keeper_role\{clusterId="E39",role="primary"\} 1/);
  const health = await (await app.request("/health")).json();
  assert.deepEqual(health.clusters.E39, { accepting: true, lease: true });
  await close();
});
