import assert from "node:assert/strict";
import { EndCause } from "../../protocol/pop_link/call_event.ts";
import { formatReason } from "../sip/message/reason_header.ts";
import { byeReason, rejectReason } from "./reasons.ts";

Deno.test("byeReason() gives every cause a Q.850 number and our word", () => {
  for (const cause of EndCause.options) {
    assert.match(formatReason(byeReason(cause)), /^Q\.850;cause=\d+;text="[a-z-]+"$/);
  }
  assert.equal(byeReason("agent-hung-up").cause, 16);
  assert.equal(byeReason("media-timeout").cause, 102);
});

Deno.test("rejectReason() translates SIP statuses", () => {
  assert.deepEqual(rejectReason(486, "busy"), { protocol: "Q.850", cause: 17, text: "busy" });
  assert.equal(rejectReason(499, "odd").cause, 31);
});
