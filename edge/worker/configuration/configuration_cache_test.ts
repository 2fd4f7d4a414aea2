import assert from "node:assert/strict";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { ConfigurationCache } from "./configuration_cache.ts";
import type { ConfigurationCalls, StoredConfiguration } from "./configuration_calls.ts";

class ObjectDouble implements ConfigurationCalls {
  held: StoredConfiguration | null = null;
  readonly asked: string[] = [];

  hold(version: string, change = {}): void {
    const json = JSON.stringify(sampleConfiguration({ version, ...change }));
    this.held = { version, json, sequence: 1, kid: "k1" };
  }
  current(known: string | null) {
    this.asked.push(`current ${known}`);
    return this.#answer(known);
  }
  refreshed(known: string | null) {
    this.asked.push(`refreshed ${known}`);
    return this.#answer(known);
  }
  #answer(known: string | null) {
    const held = this.held;
    if (held === null) return Promise.resolve("none" as const);
    return Promise.resolve(held.version === known ? "same" as const : held);
  }
}

Deno.test("ConfigurationCache asks once a second and keeps what has not changed", async () => {
  let at = 0;
  const cache = new ConfigurationCache(() => at);
  const object = new ObjectDouble();
  await assert.rejects(cache.current(object), { code: "unavailable" });
  object.hold("v1");
  const first = await cache.current(object);
  at += 900;
  assert.equal(await cache.current(object), first);
  at += 200;
  assert.equal(await cache.current(object), first);
  object.hold("v2");
  at += 1_000;
  assert.equal((await cache.current(object)).version, "v2");
  assert.deepEqual(object.asked, ["current null", "current null", "current v1", "current v1"]);
});

Deno.test("ConfigurationCache refreshes for a name it does not know", async () => {
  const cache = new ConfigurationCache(() => 0);
  const object = new ObjectDouble();
  object.hold("v1", { assets: [] });
  await cache.current(object);
  object.hold("v2");
  const asset = await cache.find(object, (index) => index.asset(SAMPLE.assetId));
  assert.equal(asset?.id, SAMPLE.assetId);
  assert.equal(await cache.find(object, (index) => index.tenantBySlug("nobody")), undefined);
});
