import assert from "node:assert/strict";
import fc from "fast-check";
import { readRtcp, type ReportBlock } from "./read_rtcp.ts";
import { ReceptionStatistics } from "./reception_statistics.ts";
import { RtcpWriter } from "./rtcp_writer.ts";

const cname = new TextEncoder().encode("antiphon");

Deno.test("readRtcp() reads a compound of SR, SDES and BYE", () => {
  const bytes = new Uint8Array(128);
  const writer = new RtcpWriter(bytes)
    .senderReport({ ssrc: 7, timestamp: 160, packets: 1, octets: 160 }, 1_700_000_000_500)
    .cname(7, cname).bye(7);
  const heard: unknown[] = [];
  assert.ok(readRtcp(bytes, writer.length, {
    senderReport: (...report) => heard.push(report),
    bye: (ssrc) => heard.push(ssrc),
  }));
  const middle = (((1_700_000_000 + 2_208_988_800) & 0xffff) * 65536 + 0x8000) >>> 0;
  assert.deepEqual(heard, [[7, middle], 7]);
  assert.equal(writer.length, 28 + 20 + 8);
});

Deno.test("readRtcp() reads loss, jitter and delay of a receiver report", () => {
  const stats = new ReceptionStatistics();
  for (const s of [1, 2, 4, 5]) stats.receive(99, s, s * 160, s * 20);
  const bytes = new Uint8Array(64);
  const { length } = new RtcpWriter(bytes).receiverReport(5, stats, 0x1234, 500);
  const blocks: ReportBlock[] = [];
  assert.ok(readRtcp(bytes, length, { reportBlock: (b) => blocks.push(b) }));
  assert.deepEqual(blocks, [{
    ssrc: 5,
    source: 99,
    fractionLost: 51 / 256,
    lost: 1,
    jitter: 0,
    lastSr: 0x1234,
    delaySinceLastSr: 32768,
  }]);
});

Deno.test("readRtcp() survives any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
    if (bytes.length > 1) bytes[0] = 0x80 | (bytes[0] & 0x1f);
    readRtcp(bytes, bytes.length, { senderReport() {}, reportBlock() {}, bye() {} });
  }));
  assert.equal(readRtcp(new Uint8Array(0), 0, {}), false);
});
