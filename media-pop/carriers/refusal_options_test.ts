import assert from "node:assert/strict";
import { REFUSALS } from "../trunks/refusal.ts";
import { refusalOptions } from "./refusal_options.ts";

Deno.test("refusalOptions() writes Retry-After, Warning and Reason where they help", () => {
  assert.deepEqual(refusalOptions(REFUSALS.max_calls).headers, [["Retry-After", "5"]]);
  assert.deepEqual(refusalOptions(REFUSALS.no_common_codec).headers, [
    ["Warning", '305 antiphon "Offer PCMA or PCMU over RTP/AVP"'],
  ]);
  const { headers, reasons, phrase } = refusalOptions(REFUSALS.unknown_source);
  assert.deepEqual(headers, []);
  assert.equal(reasons?.[0].cause, 21);
  assert.equal(phrase, "Forbidden");
});
