import assert from "node:assert/strict";
import { readShortMessages } from "./read_short_messages.ts";
import { Ticker } from "./ticker.ts";

const line = (time: string, way: string, call: string, cseq: string, first: string) =>
  `2026-11-21\t17:13:29.06\t${time}\t${way}\t${call}\tCSeq:${cseq}\t${first}`;

Deno.test("readShortMessages() tells when calls were dialled, answered and refused", () => {
  const calls = readShortMessages([
    line("1795281209.0", "S", "1@x", "1 INVITE", "INVITE sip:1@y SIP/2.0"),
    line("1795281209.5", "S", "1@x", "1 INVITE", "INVITE sip:1@y SIP/2.0"),
    line("1795281209.6", "R", "1@x", "1 INVITE", "SIP/2.0 180 Ringing"),
    line("1795281210.0", "R", "1@x", "1 INVITE", "SIP/2.0 200 OK"),
    line("1795281210.0", "S", "1@x", "1 ACK", "ACK sip:1@y SIP/2.0"),
    line("1795281210.1", "S", "2@x", "1 INVITE", "INVITE sip:1@y SIP/2.0"),
    line("1795281210.2", "R", "2@x", "1 INVITE", "SIP/2.0 503 Service Unavailable"),
    line("1795281210.3", "S", "3@x", "1 INVITE", "INVITE sip:1@y SIP/2.0"),
    "an open line",
  ].join("\n"));
  assert.deepEqual(calls, [
    {
      ...{ call: "1@x", dialledAt: 1795281209000, answeredAt: 1795281210000 },
      ...{ refusedAt: null, status: null },
    },
    {
      ...{ call: "2@x", dialledAt: 1795281210100, answeredAt: null },
      ...{ refusedAt: 1795281210200, status: 503 },
    },
    {
      ...{ call: "3@x", dialledAt: 1795281210300, answeredAt: null },
      ...{ refusedAt: null, status: null },
    },
  ]);
});

Deno.test("a ticker's turns do not overlap, and none comes after its end", async () => {
  let [running, turns] = [0, 0];
  const enough = Promise.withResolvers<void>();
  const ticker = new Ticker(1, async () => {
    assert.equal(++running, 1);
    await Promise.resolve();
    running -= 1;
    if (++turns === 3) enough.resolve();
  });
  await enough.promise;
  await ticker[Symbol.asyncDispose]();
  const after = turns;
  await ticker[Symbol.asyncDispose]();
  assert.equal(turns, after);
});
