import assert from "node:assert/strict";
import fc from "fast-check";
import { formatReason, reasonsOf } from "./reason_header.ts";
import { formatVia } from "./format_via.ts";
import { headerName } from "./header_name.ts";
import { parseCseq } from "./parse_cseq.ts";
import { parseNameAddr } from "./parse_name_addr.ts";
import { parseUri } from "./parse_uri.ts";
import { parseVia } from "./parse_via.ts";
import { responseTo } from "./response_to.ts";
import { serialise } from "./serialise.ts";
import { SipRequest } from "./sip_request.ts";
import { splitList } from "./split_list.ts";

const malformed = { code: "sip_malformed" };

Deno.test("header names are one, whatever their spelling", () => {
  for (const name of ["v", "V", "via", "VIA", "Via"]) assert.equal(headerName(name), "via");
  assert.equal(headerName("X-Own"), "x-own");
});

Deno.test("URIs are taken apart", () => {
  const uri = parseUri("sip:%2B33123;phone-context=x:pw@[2001:db8::1]:5070;transport=TCP;lr?a=b");
  assert.equal(uri.user, "+33123;phone-context=x");
  assert.equal(uri.host, "[2001:db8::1]");
  assert.equal(uri.port, 5070);
  assert.equal(uri.params.get("transport"), "TCP");
  assert.equal(uri.params.get("lr"), null);
  assert.equal(uri.headers, "a=b");
  assert.equal(parseUri("tel:+33-1-23;ext=4").user, "+33-1-23");
  assert.equal(parseUri("sip:10.0.0.1").host, "10.0.0.1");
  assert.equal(parseUri("sip:%GG@h").user, "%GG");
});

for (
  const text of ["sip:", "sip:a@", "sip:a@b:0", "sip:a@b:70000", "sip:a@b c", "tel:", "sip:a@b<"]
) {
  Deno.test(`the URI ${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => parseUri(text), malformed);
  });
}

Deno.test("a foreign scheme is refused with 416", () => {
  assert.throws(() => parseUri("mailto:a@b"), { ...malformed, data: { status: 416 } });
});

Deno.test("names and addresses are taken apart", () => {
  const quoted = parseNameAddr('"A \\"B\\", é" <sip:a@b;x=1>;tag=t;q="a;b"');
  assert.deepEqual([quoted.display, quoted.uri, quoted.tag], ['A "B", é', "sip:a@b;x=1", "t"]);
  assert.equal(quoted.params.get("q"), '"a;b"');
  const bare = parseNameAddr("sip:a@b;tag=x");
  assert.deepEqual([bare.uri, bare.tag], ["sip:a@b", "x"]);
  for (const text of ["", "a", "<sip:a@b", '"A <sip:a@b>', "A,B <sip:a@b>", "sip:a@b?x=y"]) {
    assert.throws(() => parseNameAddr(text), malformed, text);
  }
});

Deno.test("a Via is read, changed and written", () => {
  const via = parseVia("SIP / 2.0 / udp  host : 5070 ; branch = z9hG4bK1;rport ; ttl=1");
  assert.deepEqual([via.transport, via.host, via.port, via.branch], [
    "UDP",
    "host",
    5070,
    "z9hG4bK1",
  ]);
  assert.equal(
    formatVia(via, { rport: "9", received: "192.0.2.1" }),
    "SIP/2.0/UDP host:5070;branch=z9hG4bK1;rport=9;ttl=1;received=192.0.2.1",
  );
  for (const text of ["", "SIP/2.0/UDP", "SIP/2.0/UDP h:99999", "UDP h", "SIP/2.0/UDP h;;"]) {
    assert.throws(() => parseVia(text), malformed, text);
  }
});

Deno.test("CSeq stays below 2^31", () => {
  assert.deepEqual(parseCseq("2147483647 INVITE"), { number: 2147483647, method: "INVITE" });
  for (const text of ["2147483648 INVITE", "-1 INVITE", "1", "x INVITE", "1 2 3"]) {
    assert.throws(() => parseCseq(text), malformed, text);
  }
});

Deno.test("lists are split outside quotes and angle brackets only", () => {
  assert.deepEqual(splitList('"a,b" <sip:x,y@z>, c ,d'), ['"a,b" <sip:x,y@z>', "c", "d"]);
});

Deno.test("Reason values survive writing and reading", () => {
  const reason = fc.record({
    protocol: fc.constantFrom("SIP", "Q.850"),
    cause: fc.nat(999),
    text: fc.string().map((text) => text.trim()),
  }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(reason, { minLength: 1, maxLength: 3 }), (reasons) => {
      const request = new SipRequest("BYE", "sip:a@b");
      request.names.push("reason");
      request.values.push(reasons.map(formatReason).join(", "));
      assert.deepEqual(reasonsOf(request), reasons);
    }),
    { seed: 3326 },
  );
});

Deno.test("what would break a message is refused when writing", () => {
  assert.throws(() => serialise("BYE sip:a@b SIP/2.0", [["X", "a\r\nY: b"]]), malformed);
  assert.throws(() => serialise("BYE sip:a@b\r\n SIP/2.0", []), malformed);
  assert.throws(() => serialise("BYE sip:a@b SIP/2.0", [["X Y", "a"]]), malformed);
});

Deno.test("a body is counted in octets", () => {
  const text = new TextDecoder().decode(serialise("X sip:a@b SIP/2.0", [["A", "ü"]], "é"));
  assert.equal(text, "X sip:a@b SIP/2.0\r\nA: ü\r\nContent-Length: 2\r\n\r\né");
});

Deno.test("a response copies what the standard names and adds the tag once", () => {
  const request = new SipRequest("INVITE", "sip:a@b");
  const fields = {
    "via": "SIP/2.0/UDP h;branch=z9hG4bK1",
    "record-route": "<sip:p;lr>",
    "from": "<sip:x@y>;tag=f",
    "to": "<sip:a@b;tag=inside>",
    "call-id": "1",
    "cseq": "1 INVITE",
    "subject": "not copied",
  };
  request.names.push(...Object.keys(fields));
  request.values.push(...Object.values(fields));
  const text = (status: number) =>
    new TextDecoder().decode(responseTo(request, status, { toTag: "t" }));
  assert.match(text(180), /\r\nTo: <sip:a@b;tag=inside>;tag=t\r\n/);
  assert.match(text(180), /\r\nRecord-Route: <sip:p;lr>\r\n/);
  assert.doesNotMatch(text(486), /Record-Route|Subject/i);
  request.values[3] = "<sip:a@b>;tag=mine";
  assert.match(text(200), /\r\nTo: <sip:a@b>;tag=mine\r\n/);
});
