import assert from "node:assert/strict";
import fc from "fast-check";
import { RtpHeader } from "../rtp/rtp_header.ts";
import { writeRtpHeader } from "../rtp/write_rtp_header.ts";
import { OutgoingStream } from "./outgoing_stream.ts";

const packet = new Uint8Array(172);
const incoming = new Uint8Array(172);

function relay(stream: OutgoingStream, source: string, seq: number, ts: number, now: number) {
  writeRtpHeader(incoming, false, 0, seq & 0xffff, ts >>> 0, 99);
  const from = new RtpHeader();
  from.parse(incoming);
  if (!stream.relay(packet, 8, source, from, 160, now)) return undefined;
  return read();
}

function read() {
  const h = new RtpHeader();
  h.parse(packet);
  return { sequence: h.sequence, timestamp: h.timestamp, marker: h.marker, type: h.payloadType };
}

Deno.test("OutgoingStream goes from frames to a peer and back with time going on", () => {
  const stream = new OutgoingStream(() => 0x7fff);
  stream.frame(packet, 0, 0);
  const a = read();
  stream.frame(packet, 0, 20);
  const b = read();
  const c = relay(stream, "peer", 500, 7000, 60)!;
  const d = relay(stream, "peer", 501, 7160, 80)!;
  stream.frame(packet, 0, 180);
  const e = read();
  const all = [a, b, c, d, e];
  assert.deepEqual(all.map((p) => p.sequence - a.sequence), [0, 1, 2, 3, 4]);
  assert.deepEqual(all.map((p) => p.timestamp - a.timestamp), [0, 160, 480, 640, 1440]);
  assert.deepEqual(all.map((p) => p.marker), [true, false, true, false, true]);
  assert.deepEqual([stream.packets, stream.octets, stream.timestampAt(190)], [
    5,
    800,
    e.timestamp + 80,
  ]);
});

Deno.test("OutgoingStream keeps a peer's gaps and order, not packets from before it took over", () => {
  const stream = new OutgoingStream(() => 1);
  const first = relay(stream, "peer", 65_534, 0, 0)!;
  const late = relay(stream, "peer", 1, 480, 60)!;
  const missing = relay(stream, "peer", 0, 320, 61)!;
  assert.equal(late.sequence - first.sequence, 3);
  assert.equal(missing.sequence - first.sequence, 2);
  assert.equal(relay(stream, "peer", 65_533, -160, 62), undefined);
  stream.skip("peer", Object.assign(new RtpHeader(), { sequence: 2, ssrc: 99 }));
  assert.equal(relay(stream, "peer", 3, 800, 100)!.sequence - first.sequence, 4);
});

Deno.test("OutgoingStream never sends one sequence number twice", () => {
  const step = fc.record({
    kind: fc.constantFrom("frame", "a", "b", "skip"),
    jump: fc.integer({ min: -5, max: 400 }),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    const stream = new OutgoingStream(() => 3);
    const used = new Set<number>();
    const heads = { a: 65_000, b: 100 };
    const seen = new Set<string>();
    steps.forEach(({ kind, jump }, i) => {
      if (kind === "skip") {
        const sequence = (heads.a + 1) & 0xffff;
        if (seen.has(`a${sequence}`)) return;
        seen.add(`a${sequence}`);
        stream.skip("a", Object.assign(new RtpHeader(), { sequence, ssrc: 99 }));
        heads.a = sequence;
        return;
      }
      if (kind === "frame") stream.frame(packet, 0, i * 20);
      else {
        const key = kind as "a" | "b";
        const sequence = (heads[key] + jump) & 0xffff;
        if (seen.has(key + sequence)) return;
        seen.add(key + sequence);
        if (jump > 0) heads[key] = sequence;
        if (!relay(stream, kind, sequence, sequence * 160, i * 20)) return;
      }
      const { sequence } = read();
      assert.ok(!used.has(sequence), `${sequence} again at step ${i}`);
      used.add(sequence);
    });
  }));
});

Deno.test("OutgoingStream sends its first packet below 2^15, whatever is drawn", () => {
  for (const drawn of [0, 0x7ffe, 0x7fff, 0x8000, 0xffff_ffff, -1]) {
    const packet = new Uint8Array(172);
    new OutgoingStream(() => drawn).frame(packet, 0, 0);
    assert.ok(new DataView(packet.buffer).getUint16(2) < 0x8000, String(drawn));
  }
});
