import assert from "node:assert/strict";
import { decodeSamples } from "./decode_samples.ts";
import { encodeSamples } from "./encode_samples.ts";
import { goertzel } from "./goertzel.ts";
import { MU_LAW } from "./mu_law.ts";
import { tone } from "./tone.ts";

Deno.test("goertzel() finds the tone and only the tone, through G.711", () => {
  const samples = tone({ frequencies: [440], duration: 400, amplitude: 10000 });
  const heard = decodeSamples(encodeSamples(samples, MU_LAW), MU_LAW);
  assert.ok(Math.abs(goertzel(heard, 440) - 10000) < 200);
  assert.ok(goertzel(heard, 1000) < 200);
  assert.equal(goertzel([], 440), 0);
});
