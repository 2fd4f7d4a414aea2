import assert from "node:assert/strict";
import fc from "fast-check";
import { A_LAW_TABLES } from "./a_law_tables.ts";
import { MU_LAW_TABLES } from "./mu_law_tables.ts";
import { readWav } from "./read_wav.ts";
import { writeWav } from "./write_wav.ts";

/** A file in which one format's samples stand, written value by value. */
function wav(tag: number, bits: number, rate: number, channels: number, values: number[]) {
  const width = bits / 8;
  const body = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, i) => {
    const at = i * width;
    if (tag === 3) {
      return width === 4 ? body.setFloat32(at, value, true) : body.setFloat64(at, value, true);
    }
    if (width === 1) return body.setUint8(at, value);
    if (width === 2) return body.setInt16(at, value, true);
    if (width === 4) return body.setInt32(at, value, true);
    body.setUint16(at, value & 0xffff, true);
    body.setInt8(at + 2, value >> 16);
  });
  const file = writeWav(new Int16Array(Math.ceil(body.byteLength / 2)), rate);
  const view = new DataView(file.buffer);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint16(34, bits, true);
  view.setUint32(40, body.byteLength, true);
  file.set(new Uint8Array(body.buffer), 44);
  return file;
}
const near = (read: Float32Array, wanted: number[]) => {
  assert.equal(read.length, wanted.length);
  read.forEach((sample, i) => assert.ok(Math.abs(sample - wanted[i]) < 1e-6, `${sample}`));
};

Deno.test("readWav() reads every width of PCM, and float", () => {
  const wanted = [0, 0.5, -0.5, -1];
  near(readWav(wav(1, 8, 8000, 1, [128, 192, 64, 0])).samples, wanted);
  near(readWav(wav(1, 16, 8000, 1, [0, 16384, -16384, -32768])).samples, wanted);
  near(readWav(wav(1, 24, 44_100, 1, [0, 1 << 22, -(1 << 22), -(1 << 23)])).samples, wanted);
  near(readWav(wav(1, 32, 8000, 1, [0, 1 << 30, -(1 << 30), -(2 ** 31)])).samples, wanted);
  near(readWav(wav(3, 32, 48_000, 1, wanted)).samples, wanted);
  near(readWav(wav(3, 64, 48_000, 1, [NaN, 0.25])).samples, [0, 0.25]);
  assert.equal(readWav(wav(1, 24, 44_100, 1, [])).rate, 44_100);
});

Deno.test("readWav() reads both laws of G.711", () => {
  const codes = Array.from({ length: 256 }, (_, code) => code);
  for (const [tag, law] of [[6, A_LAW_TABLES], [7, MU_LAW_TABLES]] as const) {
    const wanted = codes.map((code) => law.decode[code] / 32768);
    near(readWav(wav(tag, 8, 8000, 1, codes)).samples, wanted);
  }
});

Deno.test("readWav() mixes two channels down and passes over what it does not know", () => {
  near(readWav(wav(1, 16, 8000, 2, [16384, 0, -8192, -8192, 5])).samples, [0.25, -0.25]);
  const plain = wav(1, 16, 8000, 1, [16384]);
  const list = new Uint8Array(plain.length + 12);
  list.set(plain.subarray(0, 36));
  list.set(new TextEncoder().encode("LIST"), 36);
  list[40] = 3;
  list.set(plain.subarray(36), 48);
  near(readWav(list).samples, [0.5]);
});

Deno.test("readWav() reads a file whose writer did not know its length", () => {
  const file = wav(1, 16, 22_050, 1, [16384, -16384]);
  new DataView(file.buffer).setUint32(40, 0x7ffff000, true);
  near(readWav(file).samples, [0.5, -0.5]);
});

Deno.test("readWav() refuses what is no audio it takes, with a stable code", () => {
  const unreadable = [
    new Uint8Array(50),
    wav(2, 8, 8000, 1, [1]),
    wav(6, 16, 8000, 1, [1]),
    wav(1, 16, 3999, 1, [1]),
    wav(1, 16, 192_001, 1, [1]),
    wav(1, 16, 8000, 6, [1, 2, 3, 4, 5, 6]),
    wav(1, 16, 8000, 1, [1]).subarray(0, 36),
    wav(1, 16, 8000, 1, [1]).subarray(0, 30),
  ];
  for (const file of unreadable) assert.throws(() => readWav(file), { code: "audio_unreadable" });
  const long = wav(7, 8, 4000, 1, []);
  const padded = new Uint8Array(long.length + 4000 * 600 + 1);
  padded.set(long);
  new DataView(padded.buffer).setUint32(40, 4000 * 600 + 1, true);
  assert.throws(() => readWav(padded), { code: "audio_too_long" });
});

Deno.test("readWav() throws only its own codes, whatever the bytes", () => {
  const good = wav(1, 16, 16_000, 1, Array.from({ length: 100 }, (_, i) => i));
  const change = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(change, fc.nat(good.length), (changes, length) => {
      const file = good.slice(0, length);
      for (const [at, value] of changes) if (at < length) file[at] = value;
      try {
        const { samples } = readWav(file);
        assert.ok(samples.every((sample) => Number.isFinite(sample)));
      } catch (error) {
        assert.match((error as { code: string }).code, /^audio_(unreadable|too_long)$/);
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("writeWav() writes what readWav() reads back", () => {
  fc.assert(fc.property(fc.int16Array(), fc.constantFrom(8000, 44_100), (samples, rate) => {
    const read = readWav(writeWav(samples, rate));
    assert.equal(read.rate, rate);
    assert.deepEqual(read.samples, Float32Array.from(samples, (sample) => sample / 32768));
  }));
});
