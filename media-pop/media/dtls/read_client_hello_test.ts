import assert from "node:assert/strict";
import fc from "fast-check";
import { AlertError } from "./alert_error.ts";
import { readClientHello } from "./read_client_hello.ts";
import { readRecords } from "./read_records.ts";

const HELLO = Uint8Array.fromHex(
  "fefd" + "07".repeat(32) + "00" + "00" + "0004c02b00ff" + "0100" +
    "0017" + "000a00040002001d" + "000e000700040007000100" + "00170000",
);

Deno.test("readClientHello() reads suites, groups, profiles and flags", () => {
  const hello = readClientHello(HELLO);
  assert.deepEqual([hello.suites, hello.groups, hello.srtpProfiles], [[0xc02b, 0xff], [29], [
    7,
    1,
  ]]);
  assert.ok(hello.extendedMasterSecret && hello.secureRenegotiation);
});

Deno.test("readClientHello() refuses DTLS 1.0 and only throws alerts, whatever the bytes", () => {
  const old = HELLO.slice();
  old[1] = 0xff;
  assert.throws(() => readClientHello(old), { alert: "protocol_version" });
  fc.assert(fc.property(fc.nat(HELLO.length - 1), fc.nat(255), fc.nat(80), (at, value, length) => {
    const hello = HELLO.slice(0, length);
    if (at < length) hello[at] = value;
    try {
      readClientHello(hello);
    } catch (error) {
      assert.ok(error instanceof AlertError);
    }
  }));
});

Deno.test("readRecords() splits datagrams and never reads past them", () => {
  const record = Uint8Array.of(22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 8, 9);
  const two = readRecords(Uint8Array.of(...record, ...record, 22, 0xfe));
  assert.deepEqual(two.map((r) => [r.type, r.epoch, ...r.body]), [[22, 0, 8, 9], [22, 0, 8, 9]]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
    for (const { whole } of readRecords(bytes)) assert.ok(whole.length >= 13);
  }));
});
