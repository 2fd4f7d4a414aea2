import assert from "node:assert/strict";
import fc from "fast-check";
import { SAMPLE } from "../configuration/sample_configuration.ts";
import { ANSWER, OFFER } from "../sip/testing/two_phones.ts";
import { dialling, FIRST, SECOND } from "../testing/dialling.ts";
import { FAKE_FIGURES } from "../testing/fake_media.ts";

Deno.test("a number that answers is joined, heard early before, and ended by its BYE", async () => {
  const t = await dialling();
  assert.equal(t.usage.live(SAMPLE.carrierTrunk), 1);
  const invite = t.last(FIRST);
  assert.match(invite.uri, /^sip:\+4930555@10\.0\.0\.8:5060;user=phone$/);
  assert.equal(invite.get("max-forwards"), "69");
  assert.match(invite.get("from") ?? "", /^<sip:\+49151234567@10\.0\.0\.1;user=phone>;tag=/);
  assert.match(invite.get("diversion") ?? "", /\+4969900100/);
  assert.equal(invite.get("p-asserted-identity"), undefined);
  assert.match(invite.sdp ?? "", /a=rtpmap:101 telephone-event/);
  await t.answer(FIRST, 100);
  await t.answer(FIRST, 180);
  assert.deepEqual(t.told, []);
  await t.answer(FIRST, 183, ANSWER);
  await t.answer(FIRST, 183, ANSWER);
  await t.answer(FIRST, 200, ANSWER);
  await t.answer(FIRST, 200, ANSWER);
  assert.deepEqual(t.methods(FIRST), ["INVITE", "ACK", "ACK"]);
  await t.ask(FIRST, "BYE");
  assert.deepEqual(t.told, ["early", "answered PCMA", "ended agent-hung-up null"]);
  assert.deepEqual(await t.close(), FAKE_FIGURES);
  assert.deepEqual(t.media[0].log, ["close"]);
  assert.equal(t.counters.get("antiphon_dials_ended_total", { cause: "agent-hung-up" }), 1);
  await t.end();
});

Deno.test("a number of the tenant's own is asserted, a stranger's is not shown", async () => {
  const t = await dialling({ callerId: "+4969900100" });
  assert.match(t.last(FIRST).get("p-asserted-identity") ?? "", /\+4969900100/);
  assert.equal(t.last(FIRST).get("diversion"), undefined);
  await t.close();
  await t.end();
  const other = await dialling({ callerId: "+12125550100" });
  assert.match(other.last(FIRST).get("from") ?? "", /\+49151234567/);
  assert.match(other.last(FIRST).get("diversion") ?? "", /\+4969900100/);
  assert.equal(other.last(FIRST).get("p-asserted-identity"), undefined);
  await other.close();
  await other.end();
});

for (const [status, cause] of [[486, "busy"], [603, "declined"], [404, "unreachable"]] as const) {
  Deno.test(`${status} is final: ${cause}, and nobody else is asked`, async () => {
    const t = await dialling();
    await t.answer(FIRST, status);
    assert.deepEqual(t.told, [`ended ${cause} ${status}`]);
    assert.deepEqual(t.methods(SECOND), []);
    assert.equal(t.usage.live(SAMPLE.carrierTrunk), 0);
    assert.deepEqual(await t.close(), FAKE_FIGURES);
    await t.end();
  });
}

Deno.test("redirections and challenges are not followed", async () => {
  for (const status of [302, 401, 407]) {
    const t = await dialling();
    await t.answer(FIRST, status);
    assert.deepEqual(t.told, [`ended unreachable ${status}`]);
    assert.deepEqual(t.methods(SECOND), []);
    await t.close();
    await t.end();
  }
});

Deno.test("503 is tried at the next destination, over the same media", async () => {
  const t = await dialling();
  await t.answer(FIRST, 503);
  await t.answer(SECOND, 200, ANSWER);
  assert.deepEqual(t.told, ["answered PCMA"]);
  assert.equal(t.media.length, 1);
  assert.notEqual(t.last(FIRST).callId, t.last(SECOND).callId);
  await t.close();
  assert.deepEqual(t.methods(SECOND), ["INVITE", "ACK", "BYE"]);
  assert.match(t.last(SECOND, "BYE").get("reason") ?? "", /platform-hung-up/);
  await t.answer(SECOND, 200, "", "BYE");
  await t.end();
});

Deno.test("a destination without a word for 4 s is left for the next; its late answer is ended", async () => {
  const t = await dialling();
  await t.settle(3900);
  assert.deepEqual(t.methods(SECOND), []);
  await t.settle(200);
  assert.deepEqual(t.methods(SECOND), ["INVITE"]);
  await t.answer(FIRST, 200, ANSWER);
  assert.deepEqual(t.methods(FIRST).slice(-2), ["ACK", "BYE"]);
  await t.answer(FIRST, 200, "", "BYE");
  await t.answer(SECOND, 486);
  assert.deepEqual(t.told, ["ended busy 486"]);
  await t.close();
  await t.end();
});

Deno.test("a destination that rings may take its time", async () => {
  const t = await dialling();
  await t.answer(FIRST, 100);
  await t.settle(60_000);
  await t.answer(FIRST, 180);
  await t.settle(30_000);
  assert.deepEqual(t.methods(SECOND), []);
  await t.answer(FIRST, 408);
  assert.deepEqual(t.told, ["ended no-answer 408"]);
  await t.close();
  await t.end();
});

Deno.test("when every destination failed the number is unreachable", async () => {
  const t = await dialling();
  await t.answer(FIRST, 500);
  await t.answer(SECOND, 503);
  assert.deepEqual(t.told, ["ended unreachable 503"]);
  await t.close();
  await t.end();
});

Deno.test("a destination that spoke to the caller is the last one tried", async () => {
  const t = await dialling();
  await t.answer(FIRST, 183, ANSWER);
  await t.answer(FIRST, 503);
  assert.deepEqual(t.told, ["early", "ended unreachable 503"]);
  assert.deepEqual(t.methods(SECOND), []);
  await t.close();
  await t.end();
});

Deno.test("names are looked up, and one that is not known is passed over", async () => {
  const t = await dialling({}, { hosts: ["gone.example", "sbc.example"] });
  assert.deepEqual(t.methods(SECOND), ["INVITE"]);
  await t.close();
  await t.end();
  const none = await dialling({}, { hosts: ["gone.example"] });
  assert.deepEqual(none.told, ["ended unreachable null"]);
  assert.equal(await none.close(), null);
  await none.end();
});

Deno.test("without a way out the number is unreachable", async () => {
  const cases = [
    [await dialling({}, { hosts: [] }), "unreachable null"],
    [await dialling({}, { maxCalls: 0 }), "unreachable 503"],
    [await dialling({ tenantId: SAMPLE.suspended }), "unreachable null"],
    [await dialling({ maxForwards: 0 }), "unreachable 483"],
    [await dialling({}, { noMedia: true }), "failure null"],
  ] as const;
  for (const [t, ended] of cases) {
    assert.deepEqual(t.told, [`ended ${ended}`]);
    assert.deepEqual(t.methods(FIRST), []);
    assert.equal(await t.close(), null);
    await t.end();
  }
});

Deno.test("a leg closed while it rings is cancelled; an answer that crosses is hung up", async () => {
  const t = await dialling();
  await t.answer(FIRST, 180);
  assert.deepEqual(await t.close("no-answer"), FAKE_FIGURES);
  assert.match(t.last(FIRST, "CANCEL").get("reason") ?? "", /cause=19;text="no-answer"/);
  await t.answer(FIRST, 200, ANSWER);
  assert.deepEqual(t.methods(FIRST), ["INVITE", "CANCEL", "ACK", "BYE"]);
  await t.answer(FIRST, 200, "", "CANCEL");
  await t.answer(FIRST, 200, "", "BYE");
  assert.deepEqual(t.told, []);
  assert.deepEqual(t.methods(SECOND), []);
  await t.end();
});

Deno.test("an answer that cannot be met is hung up", async () => {
  const t = await dialling();
  t.media[0].answered = () => false;
  await t.answer(FIRST, 200, ANSWER);
  assert.deepEqual(t.methods(FIRST), ["INVITE", "ACK", "BYE"]);
  assert.deepEqual(t.told, ["ended failure null"]);
  await t.answer(FIRST, 200, "", "BYE");
  await t.close();
  await t.end();
});

Deno.test("hold by the other side is answered, and its silence is no fault until it resumes", async () => {
  const t = await dialling();
  await t.answer(FIRST, 200, ANSWER);
  const renegotiated: (string | null)[] = [];
  let held = true;
  t.media[0].renegotiate = (offer) => {
    renegotiated.push(offer);
    return { answer: OFFER, held };
  };
  await t.ask(FIRST, "INVITE", ANSWER);
  assert.deepEqual(renegotiated, [ANSWER]);
  assert.equal(t.peers.get(FIRST)!.statuses().at(-1), 200);
  await t.ask(FIRST, "ACK");
  t.timeout();
  assert.deepEqual(t.told, ["answered PCMA"]);
  held = false;
  await t.ask(FIRST, "INVITE", ANSWER, 8);
  await t.ask(FIRST, "ACK", "", 8);
  t.timeout();
  await t.settle();
  assert.deepEqual(t.told, ["answered PCMA", "ended media-timeout null"]);
  await t.answer(FIRST, 200, "", "BYE");
  await t.close();
  await t.end();
});

Deno.test("a silent other side is hung up", async () => {
  const t = await dialling();
  t.timeout();
  await t.answer(FIRST, 200, ANSWER);
  t.timeout();
  await t.settle();
  assert.deepEqual(t.told, ["answered PCMA", "ended media-timeout null"]);
  await t.answer(FIRST, 200, "", "BYE");
  await t.close();
  await t.end();
});

const status = fc.constantFrom(100, 180, 183, 200, 302, 404, 408, 486, 500, 503, 603);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ host: fc.constantFrom(FIRST, SECOND), status }) },
  fc.record({ wait: fc.constantFrom(500, 2000, 4100, 40_000) }),
  fc.constant({ close: true }),
);

Deno.test("whatever the peers do, a leg ends once at most and leaves nothing behind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const t = await dialling();
      let told: number | null = null;
      for (const one of steps) {
        if ("wait" in one) await t.settle(one.wait);
        else if ("close" in one) {
          await t.close();
          told ??= t.told.length;
        } else if (t.methods(one.host).includes("INVITE")) {
          await t.answer(one.host, one.status, [183, 200].includes(one.status) ? ANSWER : "");
        }
        const ended = t.told.findIndex((line) => line.startsWith("ended"));
        assert.ok(ended === -1 || ended === t.told.length - 1, t.told.join());
      }
      await t.close();
      assert.equal(t.told.length, told ?? t.told.length, "nothing is told after the close");
      assert.equal(t.usage.live(SAMPLE.carrierTrunk), 0);
      await t.end();
    }),
    { numRuns: 200 },
  );
});
