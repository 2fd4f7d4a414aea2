import assert from "node:assert/strict";
import { join } from "node:path";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { ConfigurationCache } from "./configuration_cache.ts";
import { sampleConfiguration } from "./sample_configuration.ts";

const log = createLogger({ service: "test", write: () => {} });

Deno.test("ConfigurationCache gives back what it kept, in a private file, with nothing beside it", async () => {
  const folder = join(await Deno.makeTempDir(), "state");
  const cache = new ConfigurationCache(folder, log);
  assert.equal(await cache.read(), null);
  await cache.write(sampleConfiguration());
  await cache.write(sampleConfiguration({ version: "2" }));
  assert.deepEqual(await cache.read(), sampleConfiguration({ version: "2" }));
  const names = Array.from(Deno.readDirSync(folder), (entry) => entry.name);
  assert.equal(names.length, 1);
  assert.equal((await Deno.stat(join(folder, names[0]))).mode! & 0o777, 0o600);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("ConfigurationCache takes a damaged file for none", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "pop_configuration.json"), '{"version":');
  assert.equal(await new ConfigurationCache(folder, log).read(), null);
  await Deno.remove(folder, { recursive: true });
});
