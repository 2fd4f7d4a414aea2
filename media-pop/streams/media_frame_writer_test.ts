import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { MediaFrameWriter } from "./media_frame_writer.ts";

Deno.test("what is written is JSON with the audio in base64, again and again", () => {
  const writer = new MediaFrameWriter('a "quoted" id', 960);
  fc.assert(fc.property(
    fc.uint8Array({ maxLength: 960 }),
    fc.nat(),
    fc.nat(),
    fc.nat(14_400_000),
    (audio, sequence, chunk, timestamp) => {
      const length = writer.write(audio, audio.length, sequence, chunk, timestamp);
      assert.deepEqual(JSON.parse(new TextDecoder().decode(writer.bytes.subarray(0, length))), {
        event: "media",
        streamSid: 'a "quoted" id',
        sequenceNumber: String(sequence),
        media: {
          track: "inbound",
          chunk: String(chunk),
          timestamp: String(timestamp),
          payload: Buffer.from(audio).toString("base64"),
        },
      });
    },
  ));
});
