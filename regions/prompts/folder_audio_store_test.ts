import assert from "node:assert/strict";
import { join } from "node:path";
import { folderAudioStore } from "./folder_audio_store.ts";

const [A, B] = [1, 2].map((n) => `018f0000-0000-7000-8000-00000000000${n}`);
const HASH = "a".repeat(64);

Deno.test("folderAudioStore() keeps audio whole, once, and apart for each tenant", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const store = folderAudioStore(folder);
    const codes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
    assert.equal(await store.has(A, HASH), false);
    assert.equal(await store.get(A, HASH), null);
    await Promise.all([store.put(A, HASH, codes), store.put(A, HASH, codes)]);
    await store.put(A, HASH, codes);
    assert.equal(await store.has(A, HASH), true);
    assert.deepEqual(await store.get(A, HASH), codes);
    assert.equal(await store.has(B, HASH), false);
    assert.equal(await store.get(B, HASH), null);
    assert.deepEqual([...Deno.readDirSync(join(folder, A))].map(({ name }) => name), [HASH]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("folderAudioStore() without a folder says how to get one", async () => {
  const store = folderAudioStore(null);
  await assert.rejects(store.put(A, HASH, new Uint8Array()), { code: "unavailable" });
  assert.equal(await store.has(A, HASH), false);
  assert.equal(await store.get(A, HASH), null);
});
