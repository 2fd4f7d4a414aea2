import assert from "node:assert/strict";
import fc from "fast-check";
import { parseAddress } from "./parse_address.ts";

Deno.test("parseAddress() reads IPv4, IPv6 and IPv4-mapped addresses", () => {
  assert.deepEqual(parseAddress("10.0.0.1"), { bits: 32, value: 0x0a000001n });
  assert.deepEqual(parseAddress("::ffff:10.0.0.1"), { bits: 32, value: 0x0a000001n });
  assert.deepEqual(parseAddress("::1"), { bits: 128, value: 1n });
  assert.deepEqual(parseAddress("[2001:db8::5]"), {
    bits: 128,
    value: 0x20010db8_00000000_00000000_00000005n,
  });
  assert.deepEqual(parseAddress("fe80::1%eth0"), parseAddress("fe80::1"));
});

Deno.test("parseAddress() refuses what is no address", () => {
  const wrong = ["", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":::", "1::2::3", "g::1", "1:2:3:4:5:6:7"];
  for (const text of wrong) assert.equal(parseAddress(text), null, text);
});

Deno.test("parseAddress() reads back every written address", () => {
  fc.assert(fc.property(fc.ipV4(), (text) => {
    const bytes = text.split(".").map(Number);
    assert.equal(parseAddress(text)?.value, bytes.reduce((v, b) => v << 8n | BigInt(b), 0n));
  }));
  fc.assert(fc.property(fc.ipV6(), (text) => assert.notEqual(parseAddress(text), null, text)));
});

Deno.test("parseAddress() never throws", () => {
  fc.assert(fc.property(fc.string(), (text) => void parseAddress(text)));
});
