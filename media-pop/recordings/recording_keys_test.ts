import assert from "node:assert/strict";
import { RecordingKeys } from "./recording_keys.ts";

const ID = "018f0000-0000-7000-8000-0000000000e1";
const OLD = `old:${"B".repeat(42)}A`;
const NEW = `new:${"A".repeat(43)}`;

Deno.test("a recording's key opens with the key that wrapped it, for that recording only", () => {
  const { key, ...wrapped } = new RecordingKeys(OLD).make(ID);
  const both = new RecordingKeys(`${NEW}, ${OLD}`);
  assert.deepEqual(both.open(ID, wrapped), key);
  assert.equal(both.make(ID).keyId, "new");
  const other = ID.replace("e1", "e2");
  assert.throws(() => both.open(other, wrapped), { code: "unavailable" });
  assert.throws(() => new RecordingKeys(NEW).open(ID, wrapped), { code: "unavailable" });
});

Deno.test("keys that cannot be read are refused", () => {
  for (const text of ["", "a", "a:short", `${NEW},`]) {
    assert.throws(() => new RecordingKeys(text), { code: "configuration_invalid" });
  }
});
