import assert from "node:assert/strict";
import fc from "fast-check";
import { StreamFramer } from "./stream_framer.ts";

const encoder = new TextEncoder();

function message(body: string, length = `Content-Length: ${encoder.encode(body).length}`): string {
  return "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n" +
    `To: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n${length}\r\n\r\n${body}`;
}

Deno.test("messages are found however the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 5000, unit: "grapheme" }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }),
      (bodies, steps) => {
        const stream = encoder.encode(bodies.map((body) => message(body)).join("\r\n"));
        const framer = new StreamFramer();
        const got: string[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const step = steps[i % steps.length];
          for (const parsed of framer.push(stream.subarray(at, at + step))) {
            assert.equal(parsed.kind, "request");
            if (parsed.kind === "request") got.push(new TextDecoder().decode(parsed.message.body));
          }
          at += step;
        }
        const same = bodies.map((body) => new TextDecoder().decode(encoder.encode(body)));
        assert.deepEqual(got, same);
        assert.equal(framer.partial, false);
      },
    ),
    { seed: 18, numRuns: 200 },
  );
});

Deno.test("a double CRLF is a ping, a compact length and folded spaces are understood", () => {
  const framer = new StreamFramer();
  const kinds = framer.push(encoder.encode(`\r\n\r\n${message("ab", "l :  2")}\r\n\r\n`))
    .map(({ kind }) => kind);
  assert.deepEqual(kinds, ["keep_alive", "request", "keep_alive"]);
});

for (
  const [why, text] of [
    ["no length", message("", "X: 1")],
    ["a negative length", message("", "Content-Length: -1")],
    ["a body too large", message("", "Content-Length: 999999999")],
    ["a head too large", `X: ${"a".repeat(40_000)}`],
    ["an ended head too large", message("", `X: ${"a".repeat(40_000)}\r\nContent-Length: 0`)],
  ]
) {
  Deno.test(`a stream with ${why} cannot be framed`, () => {
    const framer = new StreamFramer();
    const before = framer.push(encoder.encode(message("") + text));
    assert.equal(before.length, 1, "what came before is not lost");
    assert.ok(framer.broken);
    assert.deepEqual(framer.push(encoder.encode(message(""))), []);
  });
}
