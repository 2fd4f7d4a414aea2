import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMessage } from "./parse_message.ts";
import { responseTo } from "./response_to.ts";
import { StreamFramer } from "./stream_framer.ts";
import { TORTURE_TABLE } from "./torture_table.ts";

const corpus = TORTURE_TABLE.map(([name]) =>
  Deno.readFileSync(new URL(`torture/${name}.sip`, import.meta.url))
);
const delimiters = [0, 10, 13, 32, 9, 34, 44, 58, 59, 60, 61, 62, 64, 92, 37, 255, 91, 93];

const damage = fc.record({
  at: fc.nat(4095),
  kind: fc.constantFrom("octet", "delimiter", "copy", "fill"),
  value: fc.nat(255),
  length: fc.nat(60),
});
const damaged = fc.record({
  which: fc.nat(corpus.length - 1),
  cut: fc.option(fc.nat(4095)),
  damages: fc.array(damage, { minLength: 1, maxLength: 8 }),
}).map(({ which, cut, damages }) => {
  const bytes = corpus[which].slice();
  for (const { at, kind, value, length } of damages) {
    const from = at % bytes.length;
    const delimiter = delimiters[value % delimiters.length];
    if (kind === "octet") bytes[from] = value;
    else if (kind === "delimiter") bytes[from] = delimiter;
    else if (kind === "copy") bytes.copyWithin(from, (at * 7) % bytes.length, from + length);
    else bytes.fill(delimiter, from, from + length);
  }
  return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
});

Deno.test("a damaged datagram never makes the parser throw, and its answer can be written", () => {
  fc.assert(
    fc.property(damaged, (bytes) => {
      const parsed = parseMessage(bytes);
      if (parsed.kind !== "request") return;
      const { message, problem } = parsed;
      const answer = new TextDecoder().decode(responseTo(message, problem?.status ?? 200));
      assert.equal(answer.split("\r\n\r\n").length, 2);
      if (problem !== undefined) return;
      assert.ok(message.via.host && message.from.uri && message.to.uri && message.cseq.method);
    }),
    { seed: 4475, numRuns: 4000 },
  );
});

Deno.test("a damaged stream is framed or closed, never anything else", () => {
  fc.assert(
    fc.property(damaged, fc.nat(200), (bytes, step) => {
      const framer = new StreamFramer();
      for (let i = 0; i < bytes.length; i += step + 1) {
        framer.push(bytes.subarray(i, i + step + 1));
      }
      assert.ok(framer.broken === undefined || framer.broken.status >= 400);
    }),
    { seed: 4475, numRuns: 1000 },
  );
});

const HOSTILE: Record<string, string> = {
  via: "Via: SIP/2.0/UDP " + "a".repeat(8000),
  viaSpaces: "Via: SIP" + " ".repeat(8000) + "x",
  from: "From: " + '"\\'.repeat(4000),
  contact: "Contact: " + "<".repeat(8000),
  fold: "X: a" + "\r\n ".repeat(20_000),
  spaces: "X: a" + " ".repeat(60_000) + "\r\n b",
  semicolons: "Via: SIP/2.0/UDP h" + "; ".repeat(4000),
  parameters: "To: <sip:" + "a;".repeat(4000) + ">",
  contacts: "Contact: " + "<sip:a@b>,".repeat(800),
};
for (const [name, line] of Object.entries(HOSTILE)) {
  Deno.test(`hostile repetition (${name}) is read in bounded time`, () => {
    const bytes = new TextEncoder().encode(
      `INVITE sip:a@b SIP/2.0\r\n${line}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n` +
        "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n",
    );
    const before = performance.now();
    parseMessage(bytes);
    assert.ok(performance.now() - before < 500);
  });
}
