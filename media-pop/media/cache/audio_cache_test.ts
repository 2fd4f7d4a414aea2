import assert from "node:assert/strict";
import { join } from "node:path";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { AudioCache } from "./audio_cache.ts";
import { keyOf } from "./key_of.ts";

const log = createLogger({ service: "test", write: () => {} });
const codes = (length: number, code = 7) => new Uint8Array(length).fill(code);
const kept = { transient: false };

async function folder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
const names = async (path: string) => {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(path)) found.push(name);
  return found.sort();
};

Deno.test("AudioCache gives back what it was given, also to the next process", async () => {
  await using dir = await folder();
  const limits = { memory: 1000, disk: 1000 };
  const key = await keyOf("a", null);
  const cache = await AudioCache.open(dir.path, limits, log);
  assert.equal(await cache.get(key), undefined);
  await cache.put(key, codes(100), kept);
  assert.deepEqual(await cache.get(key), codes(100));
  const next = await AudioCache.open(dir.path, limits, log);
  assert.deepEqual(await next.get(key), codes(100));
  assert.deepEqual(next.size, { memory: 100, disk: 132 });
});

Deno.test("AudioCache keeps what is transient off the disk", async () => {
  await using dir = await folder();
  const cache = await AudioCache.open(dir.path, { memory: 1000, disk: 1000 }, log);
  await cache.put(await keyOf("secret"), codes(10), { transient: true });
  assert.deepEqual(await names(dir.path), []);
  assert.deepEqual(await cache.get(await keyOf("secret")), codes(10));
});

Deno.test("AudioCache lets go what was unused longest, in memory and on disk", async () => {
  await using dir = await folder();
  const cache = await AudioCache.open(dir.path, { memory: 250, disk: 3 * 132 }, log);
  const [a, b, c, d] = await Promise.all(["a", "b", "c", "d"].map((one) => keyOf(one)));
  for (const key of [a, b, c]) await cache.put(key, codes(100), kept);
  assert.equal(cache.size.memory, 200);
  await cache.get(a);
  await cache.put(d, codes(100), kept);
  assert.deepEqual(await names(dir.path), [a, c, d].sort());
  assert.equal(await cache.get(b), undefined);
  await cache.put(b, codes(5000), kept);
  assert.ok(cache.size.memory <= 250 && cache.size.disk <= 396, "what is too large is not kept");
});

Deno.test("AudioCache does not believe a broken file and clears what is none of its own", async () => {
  await using dir = await folder();
  const limits = { memory: 1000, disk: 1000 };
  const key = await keyOf("a");
  await (await AudioCache.open(dir.path, limits, log)).put(key, codes(100), kept);
  await Deno.writeFile(join(dir.path, key), codes(132, 9));
  await Deno.writeTextFile(join(dir.path, "left.tmp"), "half");
  const cache = await AudioCache.open(dir.path, limits, log);
  assert.equal(await cache.get(key), undefined);
  assert.deepEqual(await names(dir.path), []);
  assert.equal(cache.size.disk, 0);
});
