import assert from "node:assert/strict";
import { readCaller } from "./read_caller.ts";

Deno.test("readCaller() gives E.164 where it can, else the user part", () => {
  assert.equal(readCaller("+49 (151) 234-567"), "+49151234567");
  assert.equal(readCaller("0049151234567"), "+49151234567");
  assert.equal(readCaller("+49151234567;verstat=TN-Validation-Passed"), "+49151234567");
  assert.equal(readCaller("0151234567"), "0151234567");
  assert.equal(readCaller("alice"), "alice");
  assert.equal(readCaller(null), "anonymous");
  assert.equal(readCaller("x".repeat(300)).length, 128);
});
