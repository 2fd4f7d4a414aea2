import assert from "node:assert/strict";
import { writeToneALaw } from "./a_law.ts";
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

Deno.test("writeToneALaw() writes silence's code at zero and both signs' codes at the peaks", async () => {
  const path = await Deno.makeTempFile();
  await writeToneALaw(path, 2000, 1);
  const [zero, up, , down] = await Deno.readFile(path);
  await Deno.remove(path);
  assert.equal(zero, 0xd5);
  assert.equal(up ^ down, 0x80);
});
