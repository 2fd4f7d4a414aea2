import assert from "node:assert/strict";
import { readWav } from "../../protocol/audio/read_wav.ts";
import { WAV_HEADER_BYTES, wavHeader } from "./wav_header.ts";

Deno.test("a WAV header says what stands behind it", () => {
  const header = wavHeader(2, 320);
  assert.equal(header.length, WAV_HEADER_BYTES);
  const file = new Uint8Array(WAV_HEADER_BYTES + 320).fill(0xff);
  file.set(header);
  assert.equal(readWav(file).samples.length, 160);
  const view = new DataView(file.buffer);
  assert.equal(view.getUint32(4, true), file.length - 8);
  assert.deepEqual([view.getUint16(20, true), view.getUint16(22, true)], [7, 2]);
});
