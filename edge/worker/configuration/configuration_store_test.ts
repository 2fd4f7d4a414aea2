import assert from "node:assert/strict";
import { memorySql } from "../testing/memory_sql.ts";
import { ConfigurationStore } from "./configuration_store.ts";

const BELIEVED = new Set(["k1"]);

Deno.test("ConfigurationStore keeps a large snapshot over a restart", () => {
  using sql = memorySql();
  const store = new ConfigurationStore(sql, BELIEVED);
  assert.equal(store.held, null);
  const large = {
    version: "v1",
    json: JSON.stringify("ü".repeat(1_500_000)),
    sequence: 4,
    kid: "k1",
  };
  store.hold(large);
  assert.deepEqual(new ConfigurationStore(sql, BELIEVED).held, large);
  const next = { version: "v2", json: "{}", sequence: 1_763_000_000_000, kid: "k1" };
  store.hold(next);
  assert.deepEqual(new ConfigurationStore(sql, BELIEVED).held, next);
});

Deno.test("ConfigurationStore believes nothing that a key signed which is not pinned any more", () => {
  using sql = memorySql();
  const held = { version: "v1", json: "{}", sequence: 9e15, kid: "stolen" };
  new ConfigurationStore(sql, new Set(["stolen"])).hold(held);
  assert.equal(new ConfigurationStore(sql, BELIEVED).held, null);
});
