import assert from "node:assert/strict";
import { SAMPLE } from "./configuration/sample_configuration.ts";
import { loadSoundLibrary } from "./phone/load_sound_library.ts";
import { readPhoneOptions } from "./phone/phone_options.ts";
import { type PhoneLine, placeCall } from "./phone/place_call.ts";
import { type CalledOptions, takeCalls } from "./phone/take_calls.ts";
import { PopBench } from "./testing/pop_bench.ts";
import { PopProcess } from "./testing/pop_process.ts";
import { Watched } from "./testing/watched.ts";

const sounds = await loadSoundLibrary();
const LEG = "018f0000-0000-7000-8000-00000000000b";
const hangUp = { type: "hang-up", cause: "flow-hung-up", sipStatus: null } as const;
const dial = {
  type: "dial",
  legId: LEG,
  number: "+4930555",
  callerId: null,
  ringSeconds: 20,
} as const;

const QUIET: CalledOptions = {
  ...{ local: "127.0.4.1", port: 0, transport: "udp", answer: 200, ring: 100, early: false },
  ...{ tone: 1000, digits: "", talk: 0 },
};

/**
 * A caller who waits to music at a PoP, and phones that its carrier's trunk leads to; those that
 * are `gone` have closed their port.
 */
async function waiting(
  outside: (Partial<CalledOptions> & { gone?: boolean })[],
  ...args: string[]
) {
  const heard = outside.map(() => new Watched<PhoneLine>());
  const phones = await Promise.all(
    outside.map((one, i) => takeCalls({ ...QUIET, ...one }, (line) => heard[i].push(line))),
  );
  const destinations = phones.map(({ port }, i) => ({
    host: outside[i].local ?? QUIET.local,
    port,
    transport: outside[i].transport ?? QUIET.transport,
  }));
  for (const [i, { gone }] of outside.entries()) if (gone) await phones[i].close();
  const bench = await PopBench.open((configuration) => ({
    ...configuration,
    trunks: configuration.trunks.map((trunk) =>
      trunk.id === SAMPLE.carrierTrunk ? { ...trunk, destinations } : trunk
    ),
  }));
  const pop = new PopProcess(bench.environment());
  const ports = await pop.ready();
  const lines = new Watched<PhoneLine>();
  const done = Promise.withResolvers<void>();
  const options = readPhoneOptions([
    ...["--to", "+4969900100", "--from", "+4915100000", "--local", "127.0.1.1"],
    ...["--sip", `127.0.0.1:${ports.udp}`, "--seconds", "40", ...args],
  ]);
  const summary = placeCall(options, {
    sounds,
    spoken: null,
    onLine: (line) => lines.push(line),
    hangUp: done.promise,
  });
  const { cell } = bench;
  const offered = await cell.event("call.offered");
  await cell.command(offered, { type: "answer" });
  await cell.event("call.answered");
  await cell.command(offered, {
    type: "play",
    items: [{ type: "library", name: "hold-music" }],
    loop: true,
  });
  const first = (from: Watched<PhoneLine>, event: string, facts: Record<string, unknown> = {}) =>
    from.first(
      (line) => Object.entries({ event, ...facts }).every(([key, value]) => line[key] === value),
      `${event} ${JSON.stringify(facts)}`,
      0,
      20_000,
    );
  return {
    ...{ cell, offered, pop, ports, summary, lines, heard },
    command: (command: Parameters<typeof cell.command>[1]) => cell.command(offered, command),
    outside: (i: number, event: string, facts = {}) => first(heard[i], event, facts),
    caller: (event: string, facts = {}) => first(lines, event, facts),
    callerHears: (frequency: number) =>
      lines.first(
        ({ tone }) =>
          Math.abs(((tone as { frequency: number } | null)?.frequency ?? 0) - frequency) < 6,
        `${frequency} Hz`,
        0,
        20_000,
      ),
    hangUpCaller: () => done.resolve(),
    async [Symbol.asyncDispose]() {
      done.resolve();
      await summary;
      assert.equal(await pop.stop(), 0);
      for (const phone of phones) await phone.close();
      await bench.close();
    },
  };
}

for (const [transport, codec] of [["udp", "PCMU"], ["tcp", "PCMA"]] as const) {
  Deno.test(`caller and a dialled number talk and type, over ${transport} and ${codec}`, async () => {
    await using t = await waiting(
      [{ transport, codec, digits: "5#" }],
      ...["--digits", "12", "--digits-after", "6000"],
    );
    await t.caller("queued");
    assert.equal((await t.command(dial)).ok, true);
    const joined = await t.cell.event("leg.joined");
    assert.deepEqual(joined.event, { type: "leg.joined", legId: LEG, agentId: null, codec });
    await t.callerHears(1000);
    await t.outside(0, "heard", { frequency: 440 });
    for (const digit of "12") await t.outside(0, "digit", { digit });
    for (const digit of "5#") await t.caller("digit", { digit });
    const metrics = await (await fetch(`http://127.0.0.1:${t.ports.port}/metrics`)).text();
    assert.match(metrics, /antiphon_dials_total 1/);
    await t.command(hangUp);
    const { event } = await t.cell.event("leg.ended");
    assert.equal(event.cause, "flow-hung-up");
    assert.ok(event.media && event.media.packetsReceived > 50, JSON.stringify(event.media));
    assert.deepEqual([event.media.packetsLost, event.sipStatus], [0, null]);
    await t.outside(0, "ended", { by: "remote_bye", reason: "flow-hung-up" });
    assert.equal((await t.cell.event("call.ended")).event.cause, "flow-hung-up");
    assert.equal((await t.summary).packetsLost, 0);
  });
}

Deno.test("early media is heard in place of the music, and the music again after a refusal", async () => {
  await using t = await waiting([{ early: true, ring: 2500, answer: 486 }]);
  await t.caller("queued");
  const before = t.lines.items.length;
  await t.command(dial);
  await t.callerHears(1000);
  const { event } = await t.cell.event("leg.ended");
  assert.deepEqual([event.cause, event.sipStatus], ["busy", 486]);
  await t.lines.first(({ event }) => event === "queued", "music again", before, 20_000);
});

Deno.test("busy is final: no other destination is called, and the music plays on", async () => {
  await using t = await waiting([{ answer: 486 }, {}]);
  await t.command(dial);
  const { event } = await t.cell.event("leg.ended");
  assert.deepEqual([event.cause, event.sipStatus], ["busy", 486]);
  assert.deepEqual(t.heard[1].items, []);
  assert.ok(!t.cell.events.some((one) => one.event.type === "call.played"));
});

Deno.test("destinations that are gone or out of service are passed over for the next", async () => {
  await using t = await waiting([
    { transport: "tcp", gone: true },
    { answer: 503, ring: null },
    { local: "127.0.4.2" },
  ]);
  await t.command(dial);
  await t.cell.event("leg.joined");
  await t.outside(1, "ended", { by: "rejected" });
  await t.outside(2, "answered");
  await t.command({ type: "leave", legId: LEG, cause: "platform-hung-up" });
  await t.outside(2, "ended", { by: "remote_bye" });
  assert.equal((await t.cell.event("leg.ended")).event.cause, "platform-hung-up");
});

Deno.test("a number that does not answer is cancelled, and another may be dialled", async () => {
  await using t = await waiting([{ answer: null }]);
  await t.command({ ...dial, ringSeconds: 5 });
  await t.outside(0, "cancelled");
  const { event } = await t.cell.event("leg.ended");
  assert.deepEqual([event.cause, event.sipStatus], ["no-answer", null]);
  const legId = "018f0000-0000-7000-8000-00000000000d";
  assert.equal((await t.command({ ...dial, legId })).ok, true);
  await t.outside(0, "called", { call: 2 });
  await t.command({ type: "leave", legId, cause: "platform-hung-up" });
  await t.outside(0, "cancelled", { call: 2 });
});

Deno.test("a caller who hangs up while it rings takes the ringing along", async () => {
  await using t = await waiting([{ answer: null }]);
  await t.command(dial);
  await t.outside(0, "called");
  t.hangUpCaller();
  await t.outside(0, "cancelled");
  const causes = [await t.cell.event("leg.ended"), await t.cell.event("call.ended")]
    .map(({ event }) => event.cause);
  assert.deepEqual(causes, ["caller-hung-up", "caller-hung-up"]);
});

Deno.test("the called party hangs up while the cell is away: it is told when it is back", async () => {
  await using t = await waiting([{ talk: 1500 }]);
  await t.command(dial);
  const { seq } = await t.cell.event("leg.joined");
  t.cell.active = false;
  t.cell.lastSeq = seq;
  t.cell.drop();
  await t.outside(0, "ended", { by: "local_bye" });
  const before = t.cell.frames.items.length;
  t.cell.active = true;
  const hello = await t.cell.frame("hello", () => true, before);
  assert.equal(hello.liveCalls.length, 1);
  assert.equal((await t.cell.event("leg.ended")).event.cause, "agent-hung-up");
});
