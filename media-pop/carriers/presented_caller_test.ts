import assert from "node:assert/strict";
import fc from "fast-check";
import { parseNameAddr } from "../sip/message/parse_name_addr.ts";
import { parseUri } from "../sip/message/parse_uri.ts";
import { presentedCaller } from "./presented_caller.ts";

const wish = { callerId: null, isOurs: false, caller: "+4930123", called: "+4969900100" };

Deno.test("presentedCaller() vouches for a number of ours only", () => {
  const ours = presentedCaller({ ...wish, callerId: "+4969900100", isOurs: true }, "192.0.2.1");
  const uri = "<sip:+4969900100@192.0.2.1;user=phone>";
  assert.deepEqual(ours, { from: uri, headers: [["P-Asserted-Identity", uri]] });
  const theirs = presentedCaller({ ...wish, callerId: "+4969900100" }, "192.0.2.1");
  assert.deepEqual(theirs, { from: uri, headers: [] });
});

Deno.test("presentedCaller() passes the caller on and says by whose number", () => {
  assert.deepEqual(presentedCaller(wish, "[2001:db8::1]"), {
    from: "<sip:+4930123@[2001:db8::1];user=phone>",
    headers: [["Diversion", "<sip:+4969900100@[2001:db8::1];user=phone>;reason=deflection"]],
  });
});

Deno.test("presentedCaller() keeps a withheld number withheld", () => {
  const { from, headers } = presentedCaller({ ...wish, caller: "anonymous" }, "192.0.2.1");
  assert.match(from, /anonymous\.invalid/);
  assert.deepEqual(headers[0], ["Privacy", "id"]);
});

Deno.test("presentedCaller() writes any caller's name as a URI that reads the same", () => {
  fc.assert(fc.property(fc.string({ minLength: 1, unit: "binary" }), (caller) => {
    if (caller === "anonymous") return;
    const { from } = presentedCaller({ ...wish, caller }, "192.0.2.1");
    const { user, host } = parseUri(parseNameAddr(from).uri);
    assert.equal(host, "192.0.2.1");
    assert.ok([user, decodeURIComponent(user)].includes(caller.toWellFormed()));
  }));
});
