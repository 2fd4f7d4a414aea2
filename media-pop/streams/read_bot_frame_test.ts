import assert from "node:assert/strict";
import fc from "fast-check";
import { readBotFrame } from "./read_bot_frame.ts";

const refused = { code: "frame_invalid" };
const read = (frame: unknown) => readBotFrame(JSON.stringify(frame));
const streamSid = "s";

Deno.test("audio, marks, clear, transcript and outcome are read", () => {
  const media = { event: "media", streamSid, media: { payload: "AAAA" } };
  assert.deepEqual(read(media), media);
  const mark = { event: "mark", streamSid, mark: { name: "greeting" } };
  assert.deepEqual(read({ ...mark, sequenceNumber: "4" }), mark);
  assert.deepEqual(read({ event: "clear", streamSid }), { event: "clear", streamSid });
  const transcript = { author: "contact", text: "Hello?" };
  assert.deepEqual(read({ event: "transcript", streamSid, transcript }), {
    ...{ event: "transcript", streamSid, transcript },
  });
  assert.deepEqual(read({ event: "outcome", streamSid, outcome: { type: "handled" } }), {
    ...{ event: "outcome", streamSid },
    outcome: { type: "handled", transcript: [], variables: {} },
  });
});

Deno.test("nonsense is refused", () => {
  for (
    const frame of [
      null,
      [],
      7,
      "media",
      { event: "media" },
      { event: "media", streamSid, media: { payload: 7 } },
      { event: "start", streamSid },
      { event: "mark", streamSid, mark: { name: "" } },
      { event: "mark", streamSid, mark: { name: "x".repeat(257) } },
      { event: "transcript", streamSid, transcript: { author: "system", text: "x" } },
      { event: "outcome", streamSid, outcome: { type: "done" } },
      { event: "outcome", streamSid, outcome: { type: "handled", variables: { "A b": "" } } },
    ]
  ) assert.throws(() => read(frame), refused, JSON.stringify(frame));
  assert.throws(() => readBotFrame("{"), refused);
});

Deno.test("any text is a frame or refused, and what is read has the shape it says", () => {
  const json = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.record({
      event: fc.constantFrom("media", "mark", "clear", "transcript", "outcome", "stop"),
      streamSid: fc.oneof(fc.string(), fc.integer()),
      media: fc.oneof(fc.constant(null), fc.record({ payload: fc.jsonValue() })),
      mark: fc.jsonValue(),
      transcript: fc.jsonValue(),
      outcome: fc.jsonValue(),
    }, { requiredKeys: [] }).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(json, (text) => {
      try {
        const frame = readBotFrame(text);
        assert.equal(typeof frame.streamSid, "string");
        if (frame.event === "media") assert.equal(typeof frame.media.payload, "string");
      } catch (error) {
        assert.equal((error as { code: string }).code, "frame_invalid");
      }
    }),
    { numRuns: 1000 },
  );
});
