import assert from "node:assert/strict";
import fc from "fast-check";
import { FrameReader } from "./frame_reader.ts";

function frame(opcode: number, payload: Uint8Array, final = true): Uint8Array {
  const { length } = payload;
  const head = length < 126
    ? [length]
    : length < 65536
    ? [126, length >> 8, length & 255]
    : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255];
  return Uint8Array.from([(final ? 0x80 : 0) | opcode, ...head, ...payload]);
}

function read(chunks: Iterable<Uint8Array>, limit = 1 << 20): string[] {
  const told: string[] = [];
  const reader = new FrameReader(limit, {
    text: (message) => told.push(`text ${message}`),
    ping: (data) => told.push(`ping ${data}`),
    pong: () => told.push("pong"),
    close: (code) => told.push(`close ${code}`),
  });
  for (const chunk of chunks) reader.push(chunk);
  return told;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const refused = { code: "frame_invalid" };

Deno.test("messages are the same however they are cut, fragments and pings within them too", () => {
  const message = fc.tuple(
    fc.array(fc.string({ unit: "binary", maxLength: 300 }), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  );
  fc.assert(fc.property(
    fc.array(message, { maxLength: 5 }),
    fc.array(fc.nat(900), { maxLength: 20 }),
    (messages, cuts) => {
      const bytes: number[] = [];
      const expected: string[] = [];
      for (const [parts, pings] of messages) {
        parts.forEach((part, i) => {
          bytes.push(...frame(i === 0 ? 1 : 0, utf8(part), i === parts.length - 1));
          if (!pings) return;
          bytes.push(...frame(9, Uint8Array.of(i)));
        });
        const told = `text ${parts.join("")}`;
        if (!pings) expected.push(told);
        else {
          const all = parts.map((_, i) => `ping ${i}`);
          expected.push(...all.slice(0, -1), told, all.at(-1)!);
        }
      }
      const whole = Uint8Array.from(bytes);
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        chunks.push(whole.subarray(at, at = Math.min(at + cut, whole.length)));
      }
      chunks.push(whole.subarray(at));
      assert.deepEqual(read(chunks), expected);
    },
  ));
});

Deno.test("any bytes are read or refused, and never more than the limit is kept", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), (chunks) => {
      try {
        read(chunks, 64);
      } catch (error) {
        assert.equal((error as { code: string }).code, "frame_invalid");
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("what no server may send is refused", () => {
  const bad = [
    Uint8Array.of(0xc1, 0),
    Uint8Array.of(0x81, 0x80, 0, 0, 0, 0),
    frame(2, utf8("binary")),
    frame(0, utf8("continues nothing")),
    Uint8Array.from([...frame(1, utf8("a"), false), ...frame(1, utf8("b"))]),
    frame(9, utf8("a"), false),
    frame(9, new Uint8Array(126)),
    frame(8, Uint8Array.of(3)),
    frame(1, Uint8Array.of(0xff, 0xfe)),
    frame(11, utf8("")),
  ];
  for (const bytes of bad) assert.throws(() => read([bytes]), refused, String(bytes.slice(0, 8)));
  assert.throws(() => read([frame(1, new Uint8Array(101))], 100), refused);
  const halves = [frame(1, new Uint8Array(60), false), frame(0, new Uint8Array(60))];
  assert.throws(() => read(halves, 100), refused);
  // Its head alone is enough.
  assert.throws(() => read([Uint8Array.of(0x81, 127, 255, 255, 255, 255, 0, 0, 0, 0)]), refused);
});

Deno.test("behind a close nothing is read", () => {
  const chunks = [frame(8, Uint8Array.of(3, 0xe8)), frame(1, utf8("late"))];
  assert.deepEqual(read(chunks), ["close 1000"]);
  assert.deepEqual(read([frame(8, new Uint8Array())]), ["close 1005"]);
});
