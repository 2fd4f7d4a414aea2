import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { ControlPlaneDouble } from "../testing/control_plane_double.ts";
import { Watched } from "../testing/watched.ts";
import { ConfigurationCache } from "./configuration_cache.ts";
import { ConfigurationKeeper } from "./configuration_keeper.ts";
import { sampleConfiguration } from "./sample_configuration.ts";

async function kept() {
  const refused = new Watched<string>();
  const log = createLogger({
    service: "test",
    write: (line) => /"configuration.refused"/.test(line) && refused.push(line),
  });
  const folder = await Deno.makeTempDir();
  const controlPlane = new ControlPlaneDouble(sampleConfiguration());
  const versions = new Watched<string>();
  const keeperOf = (url = controlPlane.url) =>
    new ConfigurationKeeper({
      source: {
        controlPlaneUrl: url,
        popId: "FRA",
        keys: controlPlane.keys,
        token: () => Promise.resolve("secret"),
      },
      cache: new ConfigurationCache(folder, log),
      times: { first: 2000, wait: 5, firstBackoff: 5, longestBackoff: 20 },
      log,
      counters: new Counters(),
      onChange: (directory) => versions.push(directory.configuration.version),
    });
  return {
    folder,
    controlPlane,
    versions,
    keeperOf,
    refused,
    async [Symbol.asyncDispose]() {
      await controlPlane.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test("ConfigurationKeeper follows the control plane by long poll, with its token", async () => {
  await using t = await kept();
  const keeper = t.keeperOf();
  await keeper.start();
  t.controlPlane.publish(sampleConfiguration({ version: "2" }));
  await t.versions.first((version) => version === "2", "version 2");
  assert.equal(keeper.directory.configuration.version, "2");
  assert.equal(t.controlPlane.tokens[0], "Bearer secret");
  await keeper.stop();
});

Deno.test("ConfigurationKeeper comes back after the control plane was away", async () => {
  await using t = await kept();
  const keeper = t.keeperOf();
  await keeper.start();
  t.controlPlane.down = true;
  t.controlPlane.publish(sampleConfiguration());
  await t.controlPlane.refusals.first(() => true, "a refused poll");
  t.controlPlane.publish(sampleConfiguration({ version: "2" }));
  t.controlPlane.down = false;
  await t.versions.first((version) => version === "2", "version 2");
  await keeper.stop();
});

Deno.test("ConfigurationKeeper starts from disk while the control plane is dead", async () => {
  await using t = await kept();
  const first = t.keeperOf();
  await first.start();
  await first.stop();
  const second = t.keeperOf("http://127.0.0.1:1");
  assert.equal((await second.start()).configuration.version, "1");
  await second.stop();
});

Deno.test("ConfigurationKeeper does not start with neither control plane nor disk", async () => {
  await using t = await kept();
  await assert.rejects(
    t.keeperOf("http://127.0.0.1:1").start(),
    (error) => error instanceof AntiphonError && error.code === "unavailable",
  );
});

Deno.test("ConfigurationKeeper refuses another PoP's configuration", async () => {
  await using t = await kept();
  const pop = { id: "AMS", name: "Amsterdam", region: "eu-west" };
  t.controlPlane.publish(sampleConfiguration({ pop }));
  await assert.rejects(t.keeperOf().start(), AntiphonError);
});

/** Publishes what is wrong in one way or another. */
const WRONG: Record<string, (t: Awaited<ReturnType<typeof kept>>) => Promise<void> | void> = {
  "forged": async ({ controlPlane }) => {
    controlPlane.key = (await generateServiceKey("control-plane", "plane-1")).privateKey;
    controlPlane.publish(sampleConfiguration({ version: "evil" }));
  },
  "changed on its way": ({ controlPlane }) => {
    controlPlane.tamper = (body) => body.replace("4969900100", "4969900999");
    controlPlane.publish(sampleConfiguration({ version: "evil" }));
  },
  "cut": ({ controlPlane }) => {
    controlPlane.tamper = (body) => body.slice(0, -1);
    controlPlane.publish(sampleConfiguration({ version: "evil" }));
  },
  "an older one that is told again": ({ controlPlane }) =>
    controlPlane.publish(sampleConfiguration({ version: "evil" }), 4),
};

for (const [what, publish] of Object.entries(WRONG)) {
  Deno.test(`ConfigurationKeeper refuses ${what}, keeps the last good one, also over a restart`, async () => {
    await using t = await kept();
    t.controlPlane.sequence = 5;
    const genuine = { key: t.controlPlane.key, tamper: t.controlPlane.tamper };
    const first = t.keeperOf();
    await first.start();
    await publish(t);
    await t.refused.first(() => true, "a refusal");
    assert.equal(first.directory.configuration.version, "1");
    await first.stop();
    const second = t.keeperOf();
    assert.equal((await second.start()).configuration.version, "1");
    // What is true again is believed again.
    Object.assign(t.controlPlane, genuine);
    t.controlPlane.publish(sampleConfiguration({ version: "2" }), 6);
    await t.versions.first((version) => version === "2", "version 2");
    await second.stop();
  });
}

Deno.test("ConfigurationKeeper does not start on what nobody vouches for", async () => {
  await using t = await kept();
  t.controlPlane.tamper = (body) => `${body} `;
  await assert.rejects(t.keeperOf().start(), { code: "signature_mismatch" });
});
