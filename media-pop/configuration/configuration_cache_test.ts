import assert from "node:assert/strict";
import { join } from "node:path";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { SAMPLE_TRUST, signedSample } from "../testing/signed_sample.ts";
import { ConfigurationCache } from "./configuration_cache.ts";
import { sampleConfiguration } from "./sample_configuration.ts";

const log = createLogger({ service: "test", write: () => {} });

Deno.test("ConfigurationCache gives back what it kept, in a private file, with nothing beside it", async () => {
  const folder = join(await Deno.makeTempDir(), "state");
  const cache = new ConfigurationCache(folder, log);
  assert.equal(await cache.read(SAMPLE_TRUST), null);
  await cache.write(await signedSample(sampleConfiguration()));
  const second = await signedSample(sampleConfiguration({ version: "2" }), 7);
  await cache.write(second);
  assert.deepEqual(await cache.read(SAMPLE_TRUST), second);
  const names = Array.from(Deno.readDirSync(folder), (entry) => entry.name);
  assert.equal(names.length, 1);
  assert.equal((await Deno.stat(join(folder, names[0]))).mode! & 0o777, 0o600);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ConfigurationCache takes a file that is damaged, changed or not vouched for for none", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "pop_configuration.json");
  const cache = new ConfigurationCache(folder, log);
  await cache.write(await signedSample(sampleConfiguration()));
  const good = await Deno.readTextFile(path);
  assert.ok(await cache.read(SAMPLE_TRUST));
  assert.equal(await cache.read({ ...SAMPLE_TRUST, popId: "NYC" }), null);
  const bad = [
    '{"version":',
    JSON.stringify(sampleConfiguration()),
    good.slice(0, -20),
    good.replace("4969900100", "4969900999"),
  ];
  for (const text of bad) {
    await Deno.writeTextFile(path, text);
    assert.equal(await cache.read(SAMPLE_TRUST), null, text.slice(0, 40));
  }
  await Deno.remove(folder, { recursive: true });
});
