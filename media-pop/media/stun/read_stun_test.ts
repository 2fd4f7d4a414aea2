import assert from "node:assert/strict";
import fc from "fast-check";
import { answerBinding } from "./answer_binding.ts";
import { bindingSuccess } from "./binding_success.ts";
import { hasIntegrity } from "./has_integrity.ts";
import { ipBytes } from "./ip_bytes.ts";
import { readStun } from "./read_stun.ts";
import { StunWriter } from "./stun_writer.ts";
import { xorAddress } from "./xor_address.ts";

const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(/\s/g, ""));
const PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
const REQUEST = hex(`000100582112a442b7e7a701bc34d686fa87dfae
  802200105354554e207465737420636c69656e74 002400046e0001ff 80290008932ff9b151263b36
  000600096576746a3a68367659202020 000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
  80280004e57a3bcf`);
const RESPONSE_V4 = hex(`0101003c2112a442b7e7a701bc34d686fa87dfae
  8022000b7465737420766563746f7220 002000080001a147e112a643
  000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96`);
const RESPONSE_V6 = hex(`010100482112a442b7e7a701bc34d686fa87dfae
  8022000b7465737420766563746f7220 002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
  00080014a382954e4be67bf11784c97c8292c275bfe3ed41 80280004c8fb0b4c`);

Deno.test("readStun() reads the request of RFC 5769 2.1", () => {
  const message = readStun(REQUEST)!;
  assert.equal(message.type, 1);
  assert.deepEqual(message.username, { ours: "evtj", theirs: "h6vY" });
  assert.equal(message.controlled, true);
  assert.ok(hasIntegrity(REQUEST, message.integrityAt, PASSWORD));
  assert.ok(!hasIntegrity(REQUEST, message.integrityAt, PASSWORD + "x"));
});

Deno.test("readStun() and xorAddress() agree with the responses of RFC 5769 2.2 and 2.3", () => {
  const cases = [
    [RESPONSE_V4, "192.0.2.1"],
    [RESPONSE_V6, "2001:db8:1234:5678:11:2233:4455:6677"],
  ] as const;
  for (const [packet, hostname] of cases) {
    const message = readStun(packet)!;
    assert.ok(hasIntegrity(packet, message.integrityAt, PASSWORD));
    const value = xorAddress({ hostname, port: 32853 }, message.transactionId);
    assert.deepEqual(value, packet.subarray(40, 40 + value.length));
  }
});

Deno.test("readStun() refuses every truncation and survives every flipped bit", () => {
  for (let n = 0; n < REQUEST.length; n++) {
    assert.equal(readStun(REQUEST.subarray(0, n)), undefined);
  }
  fc.assert(fc.property(fc.nat(REQUEST.length * 8 - 1), (bit) => {
    const packet = REQUEST.slice();
    packet[bit >> 3] ^= 1 << (bit & 7);
    assert.equal(readStun(packet), undefined);
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (body) => {
    readStun(Uint8Array.of(0, 1, 0, body.length, ...REQUEST.subarray(4, 20), ...body));
  }));
});

Deno.test("bindingSuccess() reads back with our password", () => {
  const id = new Uint8Array(12).fill(3);
  for (const hostname of ["127.0.0.1", "::1", "::ffff:192.0.2.1"]) {
    const reply = bindingSuccess(id, { hostname, port: 9 }, "secret");
    const message = readStun(reply)!;
    assert.equal(message.type, 0x0101);
    assert.ok(hasIntegrity(reply, message.integrityAt, "secret"));
  }
});

Deno.test("answerBinding() refuses what RFC 8489 says it must", () => {
  const user = new TextEncoder().encode("a:b");
  const from = { hostname: "127.0.0.1", port: 1 };
  const ask = (build: (w: StunWriter) => StunWriter) => {
    const packet = build(new StunWriter(1, new Uint8Array(12))).finish();
    const answer = answerBinding(packet, readStun(packet)!, from, "right");
    const failed = answer.reply[1] === 0x11;
    return { ok: answer.authentic, code: failed ? answer.reply[26] * 100 + answer.reply[27] : 0 };
  };
  assert.deepEqual(ask((w) => w), { ok: false, code: 400 });
  assert.deepEqual(ask((w) => w.attribute(6, user)), { ok: false, code: 400 });
  assert.deepEqual(ask((w) => w.attribute(6, user).integrity("wrong")), { ok: false, code: 401 });
  assert.deepEqual(ask((w) => w.attribute(6, user).integrity("right")), { ok: true, code: 0 });
  const odd = (w: StunWriter) =>
    w.attribute(6, user).attribute(0x7f00, new Uint8Array(4)).integrity("right");
  assert.deepEqual(ask(odd), { ok: false, code: 420 });
  const controlled = (w: StunWriter) =>
    w.attribute(6, user).attribute(0x8029, new Uint8Array(8)).integrity("right");
  assert.deepEqual(ask(controlled), { ok: false, code: 487 });
});

Deno.test("ipBytes() knows both families and refuses names", () => {
  assert.deepEqual([...ipBytes("10.0.0.255")], [10, 0, 0, 255]);
  assert.equal(ipBytes("fe80::1%eth0").toHex(), "fe800000000000000000000000000001");
  assert.equal(ipBytes("::").toHex(), "0".repeat(32));
  assert.throws(() => ipBytes("localhost"), { code: "invalid_request" });
});
