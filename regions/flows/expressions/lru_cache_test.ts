import assert from "node:assert/strict";
import { LruCache } from "./lru_cache.ts";

Deno.test("LruCache keeps the last used within both bounds", () => {
  const cache = new LruCache<number>(3, 6);
  let made = 0;
  const get = (text: string) => cache.get(text, () => ++made);
  assert.deepEqual(["a", "b", "c", "a"].map(get), [1, 2, 3, 1]);
  get("d");
  assert.equal(cache.size, 3);
  assert.equal(get("a"), 1);
  assert.equal(get("b"), 5);
  get("12345");
  assert.equal(cache.size, 2);
  get("1234567");
  assert.equal(cache.size, 0);
});

Deno.test("LruCache keeps nothing of what could not be made", () => {
  const cache = new LruCache<number>(3, 6);
  assert.throws(() =>
    cache.get("a", () => {
      throw new Error("no");
    }), /no/);
  assert.equal(cache.get("a", () => 1), 1);
});
