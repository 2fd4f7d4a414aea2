import assert from "node:assert/strict";
import fc from "fast-check";
import { findExtension } from "./find_extension.ts";
import { RtpHeader } from "./rtp_header.ts";
import { writeRtpHeader } from "./write_rtp_header.ts";

Deno.test("RtpHeader reads what writeRtpHeader() wrote", () => {
  const u16 = fc.nat(0xffff);
  const u32 = fc.nat(0xffffffff);
  fc.assert(fc.property(fc.boolean(), fc.nat(127), u16, u32, u32, (marker, pt, seq, ts, ssrc) => {
    const packet = new Uint8Array(172);
    writeRtpHeader(packet, marker, pt, seq, ts, ssrc);
    const h = new RtpHeader();
    assert.ok(h.parse(packet));
    assert.deepEqual([h.marker, h.payloadType, h.sequence, h.timestamp, h.ssrc], [
      marker,
      pt,
      seq,
      ts,
      ssrc,
    ]);
    assert.deepEqual([h.payloadStart, h.payloadEnd], [12, 172]);
  }));
});

Deno.test("RtpHeader skips CSRCs, extension and padding", () => {
  const packet = new Uint8Array(12 + 4 + 4 + 4 + 10 + 2);
  packet[0] = 0xb1;
  packet.set([0xbe, 0xde, 0, 1, 0x10, 0x33, 0xa0, 0x85], 16);
  packet[packet.length - 1] = 2;
  const h = new RtpHeader();
  assert.ok(h.parse(packet));
  assert.deepEqual([h.payloadStart, h.payloadEnd], [24, 34]);
  assert.equal(packet[findExtension(packet, h, 10)], 0x85);
  assert.equal(packet[findExtension(packet, h, 1)], 0x33);
  assert.equal(findExtension(packet, h, 2), -1);
});

Deno.test("RtpHeader never reads past a packet, whatever it holds", () => {
  const h = new RtpHeader();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(14), (packet, id) => {
    if (!h.parse(packet)) return;
    assert.ok(h.payloadStart <= h.payloadEnd && h.payloadEnd <= packet.length);
    assert.ok(findExtension(packet, h, id + 1) < h.payloadEnd);
  }));
  assert.equal(h.parse(new Uint8Array(11)), false);
});
