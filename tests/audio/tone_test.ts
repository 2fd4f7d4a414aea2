import assert from "node:assert/strict";
import { readTone } from "./tone.ts";
import { readWav, writeToneWav } from "./wav.ts";

Deno.test("readTone() finds a tone in a WAV file and how pure it is", async () => {
  const path = await Deno.makeTempFile({ suffix: ".wav" });
  await writeToneWav(path, 440, 1, 8000);
  const { rate, samples } = await readWav(path);
  await Deno.remove(path);
  const pure = readTone(samples, rate);
  assert.equal(pure.hz, 440);
  assert.ok(pure.snrDb > 40);

  let noise = 7;
  const noisy = samples.map((s) => {
    noise = (noise * 1103515245 + 12345) % 2 ** 31;
    return s + (noise / 2 ** 31 - 0.5);
  });
  const reading = readTone(noisy, rate);
  assert.equal(reading.hz, 440);
  assert.ok(reading.snrDb > 0 && reading.snrDb < 5);
});
