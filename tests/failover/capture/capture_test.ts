import assert from "node:assert/strict";
import * as fc from "fast-check";
import { longestGap } from "./longest_gap.ts";
import { readPcap } from "./read_pcap.ts";
import { rtpArrivals } from "./rtp_arrivals.ts";

/** A capture of one UDP datagram a line. */
function pcap(
  packets: { ms: number; port: number; payload: number[]; udp?: boolean }[],
): Uint8Array {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2c3d4, true);
  head.setUint32(20, 1, true);
  const parts = [new Uint8Array(head.buffer)];
  for (const { ms, port, payload, udp = true } of packets) {
    const frame = new Uint8Array(42 + payload.length);
    const view = new DataView(frame.buffer);
    view.setUint16(12, 0x0800);
    frame[14] = 0x45;
    frame[23] = udp ? 17 : 6;
    frame.set([10, 91, 3, 1, 10, 91, 4, 1], 26);
    view.setUint16(34, 9000);
    view.setUint16(36, port);
    frame.set(payload, 42);
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, Math.floor(ms / 1000), true);
    record.setUint32(4, (ms % 1000) * 1000, true);
    record.setUint32(8, frame.length, true);
    parts.push(new Uint8Array(record.buffer), frame);
  }
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function rtp(sequence: number, ssrc = 7): number[] {
  return [0x80, 0, sequence >> 8, sequence & 255, 0, 0, 0, 0, 0, 0, 0, ssrc];
}

Deno.test("a capture's RTP is sorted by port; RTCP, STUN, TCP and an open end are passed over", () => {
  const bytes = pcap([
    { ms: 1000, port: 5, payload: rtp(65_535) },
    { ms: 1020, port: 5, payload: rtp(0) },
    { ms: 1021, port: 5, payload: [0x80, 200, ...new Array(10).fill(0)] },
    { ms: 1022, port: 6, payload: [0x00, 1, ...new Array(18).fill(0)] },
    { ms: 1023, port: 7, payload: rtp(1), udp: false },
    { ms: 1040, port: 5, payload: rtp(2) },
    { ms: 1060, port: 5, payload: rtp(3) },
  ]);
  const [stream, ...others] = rtpArrivals(readPcap(bytes.subarray(0, -4)), "10.91.4.1");
  assert.deepEqual(others, []);
  assert.deepEqual([stream.port, stream.fromPort], [5, 9000]);
  assert.deepEqual(stream.times.map(Math.round), [1000, 1020, 1040]);
  assert.deepEqual(longestGap(stream, 990, 1100), { longestMs: 60, packets: 3, lost: 1 });
  assert.throws(() => [...readPcap(new Uint8Array(30))], /no pcap/);
});

Deno.test("longestGap() finds the hole, and counts what never came once, in whatever order", () => {
  const cases = fc.record({
    first: fc.integer({ min: 0, max: 65_535 }),
    hole: fc.integer({ min: 1, max: 40 }),
    at: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(fc.property(cases, ({ first, hole, at }) => {
    const numbers = Array.from({ length: 100 }, (_, i) => i).filter((i) =>
      i < at || i >= at + hole
    );
    const stream = {
      ...{ port: 1, fromPort: 2 },
      times: numbers.map((i) => i * 20),
      sequences: numbers.map((i) => (first + i) & 0xffff),
      ssrcs: numbers.map(() => 7),
    };
    const reading = longestGap(stream, 0, 99 * 20);
    assert.equal(reading.longestMs, (hole + 1) * 20);
    assert.equal(reading.lost, hole);
  }));
});
