import assert from "node:assert/strict";
import { demoSecretFile, type DemoSecrets, makeDemoSecrets } from "./demo_secrets.ts";
import type { DemoSecretStore } from "./demo_secrets.ts";
import { seedDemo } from "./seed_demo.ts";
import { PartnerApiDouble } from "./testing/partner_api_double.ts";

function memoryStore(): DemoSecretStore {
  let kept: DemoSecrets = makeDemoSecrets();
  return {
    read: () => Promise.resolve(kept),
    write: (secrets) => {
      kept = secrets;
      return Promise.resolve();
    },
  };
}

Deno.test("seedDemo() makes the demo tenant through the partner API, once", async () => {
  await using api = new PartnerApiDouble();
  api.notReady = 2;
  const target = { controlPlaneUrl: api.url, operator: api.operator };
  const store = memoryStore();
  const demo = await seedDemo(target, store);
  assert.deepEqual([...api.writes].sort(), [
    "POST /v1/partners",
    "POST /v1/tenants",
    "POST /v1/tenants/:id/assets",
    "POST /v1/tenants/:id/numbers",
    "POST /v1/trunks",
    "POST /v1/trunks",
    "PUT configuration",
  ]);
  const tenant = api.lists["/v1/tenants"][0];
  assert.deepEqual([tenant.slug, tenant.clusterId, tenant.id], ["aurora", "E39", demo.tenantId]);
  const trunks = api.lists["/v1/trunks"];
  assert.deepEqual(trunks.map((it) => it.popId).sort(), ["FRA", "NYC"]);
  assert.deepEqual(trunks[0].sources, ["127.0.0.0/8"]);
  const configuration = api.configuration!;
  assert.deepEqual(configuration.agents.map((it) => it.password), [
    ...demo.agents.map((it) => it.password),
  ]);
  assert.equal(configuration.assetSenders[0].assetId, demo.whatsapp.assetId);

  api.writes.length = 0;
  assert.deepEqual(await seedDemo(target, store), demo);
  assert.deepEqual(api.writes, [], "what was changed since then stays");
});

Deno.test("seedDemo() starts afresh when the platform has forgotten the partner", async () => {
  await using api = new PartnerApiDouble();
  const target = { controlPlaneUrl: api.url, operator: api.operator };
  const store = memoryStore();
  const before = await seedDemo(target, store);
  api.reset();
  const after = await seedDemo(target, store);
  assert.notEqual(after.tenantId, before.tenantId);
  assert.deepEqual(after.agents, before.agents);
});

Deno.test("seedDemo() takes what tests set", async () => {
  await using api = new PartnerApiDouble();
  await seedDemo({ controlPlaneUrl: api.url, operator: api.operator }, memoryStore(), {
    whatsappApiBase: "http://127.0.0.1:9/v23.0",
    offerSeconds: { voice: 6 },
    trunkCalls: 1,
    trunkSources: ["10.203.77.2"],
  });
  const { settings, assetSenders } = api.configuration!;
  assert.deepEqual(settings.offerSeconds, { voice: 6, chat: 30, email: 120, social: 60 });
  assert.equal(assetSenders[0].apiBase, "http://127.0.0.1:9/v23.0");
  const [trunk] = api.lists["/v1/trunks"];
  assert.deepEqual([trunk.maxCalls, trunk.sources], [1, ["10.203.77.2"]]);
});

Deno.test("seedDemo() tells which request was refused and why", async () => {
  await using api = new PartnerApiDouble();
  const target = { controlPlaneUrl: api.url, operator: { clientId: "x", clientSecret: "y" } };
  await assert.rejects(
    seedDemo(target, memoryStore()),
    /POST \/v1\/oauth\/token was answered 401: refused, unknown client/,
  );
  await assert.rejects(
    seedDemo({ controlPlaneUrl: api.url, operator: api.operator }, memoryStore(), {
      trunkCalls: -1,
    }),
    /POST \/v1\/trunks was answered 422/,
  );
});

Deno.test("demoSecretFile() keeps the secrets for our eyes only, in easy passwords", async () => {
  const folder = await Deno.makeTempDir();
  const first = await demoSecretFile(folder).read();
  assert.deepEqual(await demoSecretFile(folder).read(), first);
  for (const password of Object.values(first.passwords)) {
    assert.match(password, /^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){2}$/);
  }
  assert.equal((await Deno.stat(`${folder}/demo.json`)).mode! & 0o777, 0o600);
  await Deno.writeTextFile(`${folder}/demo.json`, "{}");
  await assert.rejects(demoSecretFile(folder).read(), /damaged: delete it/);
  await Deno.remove(folder, { recursive: true });
});
