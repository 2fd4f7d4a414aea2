import assert from "node:assert/strict";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import type { Deployment } from "../../protocol/topology/deployment.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { applyDeployment } from "./apply_deployment.ts";
import { checkDeployment } from "./check_deployment.ts";

const plane = useTestPlane();
const own = () => plane().deployment.keys[0];
const apply = (deployment: Deployment) => applyDeployment(plane().context.db, deployment, own());

const KEEPER = { site: "eu-central", url: "http://keeper.test" };

/** All rows with the transaction that wrote each. */
async function rows() {
  const { sql } = plane().database;
  const tables = ["clusters", "pops", "edges", "service_keys"];
  return await Promise.all(
    tables.map((table) =>
      sql`select xmin::text, t::text as row from cfg.${sql(table)} t order by 2`
    ),
  );
}

Deno.test("applying a deployment again writes nothing", async () => {
  const before = await rows();
  await apply(plane().deployment);
  assert.deepEqual(await rows(), before);
});

Deno.test("a changed deployment changes what differs, and back", async () => {
  const { deployment, context } = plane();
  const [e39, c14] = deployment.clusters;
  const moved = { ...e39, standbyRegion: null, urls: ["http://new.test"] };
  const { publicKey } = await generateServiceKey("cell:D7", "k-d7");
  const added = { id: "D7", homeRegion: "ap-tokyo", standbyRegion: null, urls: ["http://d7.test"] };
  await apply({
    ...deployment,
    clusters: [moved, added],
    pops: [],
    edges: [{ id: "local", url: "http://moved.test" }],
    keys: [publicKey],
  });
  const clusters = await context.db.selectFrom("cfg.clusters").selectAll().orderBy("id").execute();
  assert.deepEqual(clusters.map(({ id, urls, standby_region }) => [id, urls, standby_region]), [
    ["D7", ["http://d7.test"], null],
    ["E39", ["http://new.test"], null],
  ]);
  const keys = await context.db.selectFrom("cfg.service_keys").selectAll().orderBy("kid").execute();
  assert.deepEqual(keys.map(({ kid, service, jwk }) => [kid, service, jwk.kid]), [
    ["k-control-plane", "control-plane", "k-control-plane"],
    ["k-d7", "cell:D7", "k-d7"],
  ]);
  assert.deepEqual(await context.db.selectFrom("cfg.pops").selectAll().execute(), []);
  await apply(deployment);
  assert.equal((await context.db.selectFrom("cfg.clusters").select("id").execute()).length, 2);
  assert.ok(c14);
});

Deno.test("what is in use cannot be left out", async () => {
  const { deployment } = plane();
  const partner = await plane().partner();
  await plane().tenant(partner, { clusterId: "C14" });
  const trunk = {
    name: "T",
    sources: ["127.0.0.1"],
    maxCalls: 1,
    maxCallsPerSecond: 1,
    popId: "FRA",
  };
  await plane().call("POST", "/v1/trunks", { token: partner.token, body: trunk });
  const before = await rows();
  const without = {
    ...deployment,
    clusters: deployment.clusters.filter(({ id }) => id !== "C14"),
    pops: deployment.pops.filter(({ id }) => id !== "FRA"),
    keys: [],
  };
  await assert.rejects(apply(without), /cluster C14 .*PoP FRA/);
  assert.deepEqual(await rows(), before);
});

Deno.test("a deployment that contradicts itself is refused with all that is wrong", () => {
  const { deployment } = plane();
  const wrong = {
    clusters: [
      { ...deployment.clusters[0], keepers: [KEEPER, KEEPER] },
      deployment.clusters[0],
    ],
    pops: [deployment.pops[0], deployment.pops[0]],
    edges: [],
    keys: [...deployment.keys, deployment.keys[0]],
  };
  assert.throws(() => checkDeployment(wrong), (error: Error) => {
    for (
      const part of [
        "cluster E39",
        "PoP FRA",
        "key k-control-plane",
        "edge:local",
        "keeper of cluster E39 at eu-central",
      ]
    ) {
      assert.ok(error.message.includes(part), part);
    }
    return true;
  });
});

Deno.test("keys of keepers may be there, those of operators not", async () => {
  const { deployment } = plane();
  const made = async (service: string) =>
    (await generateServiceKey(service, `k-${service}`)).publicKey;
  const keys = [await made("keeper:eu-central"), await made("keeper:control")];
  checkDeployment({ ...deployment, keys: [...deployment.keys, ...keys] });
  const operator = await made("operator");
  assert.throws(() => checkDeployment({ ...deployment, keys: [operator] }), /k-operator/);
});
