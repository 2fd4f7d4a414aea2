import assert from "node:assert/strict";
import { sipRequest } from "../testing/sip_request.ts";
import { callerOf } from "./caller_of.ts";

const asserted = "P-Asserted-Identity: <tel:+4930123456>";

Deno.test("callerOf() prefers what the carrier asserts, then From", () => {
  assert.equal(callerOf(sipRequest([])), "+49151");
  assert.equal(callerOf(sipRequest([asserted])), "+4930123456");
  const two = "P-Asserted-Identity: <sip:carrier.example>, <tel:+4930123456>";
  assert.equal(callerOf(sipRequest([two])), "+4930123456");
});

Deno.test("callerOf() keeps withheld numbers withheld", () => {
  assert.equal(callerOf(sipRequest([asserted, "Privacy: id"])), "anonymous");
  const from = "<sip:anonymous@anonymous.invalid>;tag=1";
  assert.equal(callerOf(sipRequest([], { from })), "anonymous");
  assert.equal(callerOf(sipRequest([asserted, "Privacy: none"])), "+4930123456");
});

Deno.test("callerOf() passes over identities that cannot be read", () => {
  const broken = "P-Asserted-Identity: <nonsense>";
  assert.equal(callerOf(sipRequest([broken])), "+49151");
});
