import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { ControlPlaneDouble } from "../testing/control_plane_double.ts";
import { Watched } from "../testing/watched.ts";
import { ConfigurationCache } from "./configuration_cache.ts";
import { ConfigurationKeeper } from "./configuration_keeper.ts";
import { sampleConfiguration } from "./sample_configuration.ts";

const log = createLogger({ service: "test", write: () => {} });

async function kept() {
  const folder = await Deno.makeTempDir();
  const controlPlane = new ControlPlaneDouble(sampleConfiguration());
  const versions = new Watched<string>();
  const keeperOf = (url = controlPlane.url) =>
    new ConfigurationKeeper({
      source: {
        controlPlaneUrl: url,
        popId: "FRA",
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
