import assert from "node:assert/strict";
import { memorySql } from "../testing/memory_sql.ts";
import { ObjectFacts } from "./object_facts.ts";

Deno.test("ObjectFacts keep values over a restart and give defaults before", () => {
  using sql = memorySql();
  const defaults = { epoch: 0, name: null as string | null };
  const facts = new ObjectFacts(sql, defaults);
  assert.equal(facts.get("epoch"), 0);
  facts.set("epoch", 7);
  facts.set("name", null);
  const again = new ObjectFacts(sql, { epoch: 1, name: "other" as string | null });
  assert.deepEqual([again.get("epoch"), again.get("name")], [7, null]);
});

Deno.test("ObjectFacts keep one row a name", () => {
  using sql = memorySql();
  const facts = new ObjectFacts(sql, { epoch: 0 });
  facts.set("epoch", 3);
  facts.set("epoch", 3);
  assert.equal(sql.all("SELECT * FROM fact").length, 1);
});
