import assert from "node:assert/strict";
import { AddressTable } from "./address_table.ts";

Deno.test("AddressTable tells addresses with one port apart", () => {
  const table = new AddressTable<string>();
  const [a, b] = [{ hostname: "10.0.0.1", port: 5 }, { hostname: "10.0.0.2", port: 5 }];
  table.set(a, "a");
  table.set(b, "b");
  table.set(a, "c");
  assert.deepEqual([table.get(a), table.get(b)], ["c", "b"]);
  table.delete(a);
  assert.deepEqual([table.get(a), table.get(b)], [undefined, "b"]);
  table.delete(b);
  assert.equal(table.get(b), undefined);
});
