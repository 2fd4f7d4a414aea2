import assert from "node:assert/strict";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { SAMPLE } from "../configuration/sample_configuration.ts";
import { FakePopMedia } from "../testing/fake_pop_media.ts";
import { PopBench } from "../testing/pop_bench.ts";
import { sipp, SIPP_MISSING, sippServer } from "../testing/sipp.ts";
import * as called from "../testing/sipp_called.ts";
import * as scenarios from "../testing/sipp_scenarios.ts";
import { readPopEnvironment } from "./pop_environment.ts";
import { startPop } from "./start_pop.ts";

const ignore = SIPP_MISSING;
const why = ignore ? " (skipped: sipp is not installed)" : "";
const hangUp = { type: "hang-up", cause: "flow-hung-up", sipStatus: null } as const;
const dial = {
  type: "dial",
  legId: "018f0000-0000-7000-8000-00000000000b",
  number: "+4930555",
  callerId: "+4969900100",
  ringSeconds: 20,
} as const;

/** A call answered at a PoP in this process, which dials sipp over the trunk given. */
async function dialling(
  scenario: string | null,
  { trunk = SAMPLE.carrierTrunk as string, maxCalls = 10 } = {},
) {
  const outside = scenario === null ? null : sippServer(scenario, "127.0.5.1");
  const port = outside?.port ?? 9;
  const destinations = [{ host: "127.0.5.1", port, transport: "udp" as const }];
  const bench = await PopBench.open((configuration) => ({
    ...configuration,
    trunks: configuration.trunks.map((one) =>
      one.id === trunk ? { ...one, maxCalls, destinations } : one
    ),
  }));
  const media = new FakePopMedia();
  const log = createLogger({ service: "test", write: () => {} });
  const environment = readPopEnvironment(bench.environment());
  const pop = await startPop(environment, () => Promise.resolve(media), log);
  const caller = sipp(scenarios.platformHangsUp(), {
    port: Number(pop.sip[0].split(":").at(-1)),
    source: "127.0.1.1",
    to: "+4969900100",
  });
  const { cell } = bench;
  const offered = await cell.event("call.offered");
  await cell.command(offered, { type: "answer" });
  await cell.event("call.answered");
  return {
    ...{ cell, media },
    /** What became of sipp, which must have succeeded. */
    async outside() {
      const run = await outside!.run;
      assert.ok(run.success, run.output + run.messages);
      return run.messages;
    },
    command: (command: Parameters<typeof cell.command>[1]) => cell.command(offered, command),
    async [Symbol.asyncDispose]() {
      await cell.command(offered, hangUp);
      const { success, output } = await caller;
      await outside?.run;
      await pop.stop();
      await bench.close();
      assert.ok(success, output);
    },
  };
}

Deno.test({ name: `an answer that crosses the CANCEL is ended${why}`, ignore }, async () => {
  await using t = await dialling(called.answersWhenCancelled());
  assert.equal((await t.command({ ...dial, ringSeconds: 5 })).ok, true);
  const { event } = await t.cell.event("leg.ended");
  assert.equal(event.cause, "no-answer");
  assert.match(await t.outside(), /P-Asserted-Identity: <sip:\+4969900100@/);
});

Deno.test(
  { name: `hold, resume and BYE of the called party are served${why}`, ignore },
  async () => {
    await using t = await dialling(called.holdsAndHangsUp());
    await t.command(dial);
    const { event } = await t.cell.event("leg.ended");
    assert.deepEqual([event.cause, event.sipStatus], ["agent-hung-up", null]);
    await t.outside();
  },
);

Deno.test(
  { name: `a tenant's own trunk is taken, and its refusal told${why}`, ignore },
  async () => {
    await using t = await dialling(called.refuses(603), { trunk: SAMPLE.customerTrunk });
    await t.command(dial);
    const { event } = await t.cell.event("leg.ended");
    assert.deepEqual([event.cause, event.sipStatus], ["declined", 603]);
    await t.outside();
  },
);

Deno.test({ name: `outgoing calls count on their trunk${why}`, ignore }, async () => {
  await using t = await dialling(null, { maxCalls: 1 });
  await t.command(dial);
  const { event } = await t.cell.event("leg.ended");
  assert.deepEqual([event.cause, event.sipStatus], ["unreachable", 503]);
});
