import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { SAMPLE } from "../configuration/sample_configuration.ts";
import { FakePopMedia } from "../testing/fake_pop_media.ts";
import { PopBench } from "../testing/pop_bench.ts";
import { SIPP_MISSING, sippServer } from "../testing/sipp.ts";
import * as called from "../testing/sipp_called.ts";
import { readPopEnvironment } from "./pop_environment.ts";
import { startPop } from "./start_pop.ts";

const ignore = SIPP_MISSING;
const why = ignore ? " (skipped: sipp is not installed)" : "";
const CALL = "018f0000-0000-7000-8000-0000000000cc";
const HANG_UP = { type: "hang-up", cause: "agent-hung-up", sipStatus: null } as const;

/** A PoP whose partner's trunk leads to sipp, and one call of ours over it. */
async function calling(scenario: string, ringSeconds = 20) {
  const outside = sippServer(scenario, "127.0.5.1");
  const destinations = [{ host: "127.0.5.1", port: outside.port, transport: "udp" as const }];
  const bench = await PopBench.open((configuration) => ({
    ...configuration,
    trunks: configuration.trunks.map((one) =>
      one.id === SAMPLE.carrierTrunk ? { ...one, destinations } : one
    ),
  }));
  const media = new FakePopMedia();
  const log = createLogger({ service: "test", write: () => {} });
  const environment = readPopEnvironment(bench.environment());
  const pop = await startPop(environment, () => Promise.resolve(media), log);
  const { cell } = bench;
  await cell.frame("hello");
  const call = { tenantId: SAMPLE.tenant as string, callId: CALL };
  const originate = {
    type: "originate",
    legId: "018f0000-0000-7000-8000-0000000000ca",
    number: "+4930555",
    callerId: "+4969900100",
    ringSeconds,
    notAfter: Date.now() + 60_000,
  } as const;
  return {
    ...{ cell, media, call, originate, outside },
    place: () => cell.command(call, originate, "place"),
    command: (command: Parameters<typeof cell.command>[1]) => cell.command(call, command),
    ours: () => cell.events.filter(({ callId }) => callId === CALL).map(({ event }) => event),
    async [Symbol.asyncDispose]() {
      await pop.stop();
      await bench.close();
      const { success, output, messages } = await outside.run;
      assert.ok(success, output + messages);
    },
  };
}

Deno.test({ name: `a call of ours is answered and hung up by us${why}`, ignore }, async () => {
  await using t = await calling(called.answers());
  assert.equal((await t.place()).ok, true);
  // The cell was started anew and does not know whether it was heard.
  assert.equal((await t.place()).ok, true);
  await t.cell.event("call.answered", CALL);
  t.cell.drop();
  const { liveCalls } = await t.cell.frame("hello", () => true, 1);
  assert.deepEqual(liveCalls, [t.call]);
  await t.command({ type: "play", items: [{ type: "library", name: "welcome" }], loop: false });
  assert.deepEqual(t.media.legs[0].log, ["play welcome"]);
  await t.command(HANG_UP);
  const { event } = await t.cell.event("call.ended", CALL);
  assert.deepEqual([event.cause, event.sipStatus], ["agent-hung-up", null]);
  assert.deepEqual(t.ours().map(({ type }) => type), [
    ...["call.progress", "call.progress", "call.answered", "call.ended"],
  ]);
  const { messages } = await t.outside.run;
  assert.equal(messages.match(/INVITE sip:\+4930555@/g)?.length, 1);
  assert.match(messages, /From: <sip:\+4969900100@/);
});

Deno.test({ name: `a call of ours is ended by the called party${why}`, ignore }, async () => {
  await using t = await calling(called.holdsAndHangsUp());
  await t.place();
  const { event } = await t.cell.event("call.ended", CALL);
  assert.equal(event.cause, "caller-hung-up");
});

for (const [status, cause] of [[486, "busy"], [603, "declined"]] as const) {
  Deno.test({ name: `a call of ours comes to ${status}: ${cause}${why}`, ignore }, async () => {
    await using t = await calling(called.refuses(status));
    await t.place();
    const { event } = await t.cell.event("call.ended", CALL);
    assert.deepEqual([event.cause, event.sipStatus], [cause, status]);
  });
}

Deno.test(
  { name: `a call of ours is cancelled after its ringing time${why}`, ignore },
  async () => {
    await using t = await calling(called.answersWhenCancelled(), 5);
    await t.place();
    const { event } = await t.cell.event("call.ended", CALL);
    assert.equal(event.cause, "no-answer");
  },
);
