import assert from "node:assert/strict";
import { memorySql } from "../testing/memory_sql.ts";
import { ConfigurationStore } from "./configuration_store.ts";

Deno.test("ConfigurationStore keeps a large snapshot over a restart", () => {
  using sql = memorySql();
  const store = new ConfigurationStore(sql);
  assert.equal(store.held, null);
  const large = { version: "v1", json: JSON.stringify("ü".repeat(1_500_000)) };
  store.hold(large);
  assert.deepEqual(new ConfigurationStore(sql).held, large);
  store.hold({ version: "v2", json: "{}" });
  assert.deepEqual(new ConfigurationStore(sql).held, { version: "v2", json: "{}" });
});
