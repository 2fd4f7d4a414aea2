import assert from "node:assert/strict";
import fc from "fast-check";
import { MU_LAW_TABLES } from "../../protocol/audio/mu_law_tables.ts";
import { convertAudio } from "./convert_audio.ts";

const read = (name: string) => Deno.readFile(new URL(`./testdata/${name}`, import.meta.url));

/** The frequency of a tone, by how often it crosses zero. */
function pitch(codes: Uint8Array): number {
  const samples = Array.from(codes.subarray(2000, 8000), (code) => MU_LAW_TABLES.decode[code]);
  const crossings = samples.filter((sample, i) => i > 0 && samples[i - 1] < 0 && sample >= 0);
  return crossings.length * 8000 / samples.length;
}

Deno.test("convertAudio() keeps the pitch of MP3 files, of one and two channels", async () => {
  const stereo = await convertAudio(await read("tone-440-stereo-44100.mp3"));
  assert.ok(Math.abs(pitch(stereo) - 440) < 3, `${pitch(stereo)}`);
  assert.ok(Math.abs(stereo.length / 8000 - 1.5) < 0.1);
  const mono = await convertAudio(await read("tone-1000-mono-22050-vbr.mp3"));
  assert.ok(Math.abs(pitch(mono) - 1000) < 3, `${pitch(mono)}`);
});

Deno.test("convertAudio() throws only its own codes, whatever became of an MP3", async () => {
  const file = await read("tone-1000-mono-22050-vbr.mp3");
  const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(file.length), async (changes, length) => {
      const broken = file.slice(0, length);
      for (const [at, value] of changes) if (at < length) broken[at] = value;
      try {
        assert.ok((await convertAudio(broken)).length > 0);
      } catch (error) {
        assert.match((error as { code: string }).code ?? `${error}`, /^audio_/);
      }
    }),
    { numRuns: 150 },
  );
});
