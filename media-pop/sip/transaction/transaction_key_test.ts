import assert from "node:assert/strict";
import { SipRequest } from "../message/sip_request.ts";
import { transactionKey } from "./transaction_key.ts";

function request(method: string, via: string, cseq = "1"): SipRequest {
  const made = new SipRequest(method, "sip:a@b");
  made.names.push("via", "from", "to", "call-id", "cseq");
  made.values.push(via, "<sip:x@y>;tag=f", "<sip:a@b>", "c", `${cseq} ${method}`);
  return made;
}

Deno.test("an ACK and a CANCEL find their INVITE by branch and sent-by", () => {
  const via = "SIP/2.0/UDP Host:5060;branch=z9hG4bK1";
  const key = transactionKey(request("INVITE", via));
  assert.equal(transactionKey(request("ACK", via)), key);
  assert.equal(transactionKey(request("CANCEL", via), "INVITE"), key);
  assert.notEqual(transactionKey(request("CANCEL", via)), key);
  assert.equal(transactionKey(request("INVITE", "SIP/2.0/UDP host;branch=z9hG4bK1")), key);
  assert.notEqual(transactionKey(request("INVITE", "SIP/2.0/UDP other;branch=z9hG4bK1")), key);
});

Deno.test("without the magic cookie the older rule keeps requests apart", () => {
  for (const via of ["SIP/2.0/UDP h", "SIP/2.0/UDP h;branch=1", "SIP/2.0/UDP h;branch=z9hG4bK"]) {
    const key = transactionKey(request("INVITE", via));
    assert.equal(transactionKey(request("ACK", via)), key);
    assert.notEqual(transactionKey(request("INVITE", via, "2")), key);
  }
});
