import assert from "node:assert/strict";
import { writeWav } from "../../protocol/audio/write_wav.ts";
import { Converter } from "./converter.ts";

const timer = (ms: number, run: () => void) => {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
};
const file = () => writeWav(new Int16Array(16_000).fill(1000), 16_000);

Deno.test("Converter converts in workers, two at a time", async () => {
  const converter = new Converter(timer);
  const both = [converter.convert(file()), converter.convert(file())];
  await assert.rejects(converter.convert(file()), { code: "too_many_requests" });
  for (const codes of await Promise.all(both)) assert.equal(codes.length, 8000);
  assert.equal((await converter.convert(file())).length, 8000);
  await assert.rejects(converter.convert(new Uint8Array(99)), { code: "audio_unreadable" });
});

Deno.test("Converter gives up what takes too long", async () => {
  let pass = () => {};
  const converter = new Converter((_ms, run) => {
    pass = run;
    return () => {};
  });
  const late = converter.convert(file());
  pass();
  await assert.rejects(late, { code: "deadline_exceeded" });
});
