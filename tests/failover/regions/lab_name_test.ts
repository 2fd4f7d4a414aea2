import assert from "node:assert/strict";
import { labName, readLabName } from "./lab_name.ts";

Deno.test("readLabName() reads what labName() wrote, and nothing else", () => {
  const name = labName({ pid: 12, startTicks: 345 }, "eu-central");
  assert.equal(name, "antiphon-lab-12-345-eu-central");
  assert.deepEqual(readLabName(name), { pid: 12, startTicks: 345, site: "eu-central" });
  assert.equal(readLabName("antiphon-3"), undefined);
  assert.equal(readLabName("other-antiphon-lab-1-2-us-east"), undefined);
});
