import assert from "node:assert/strict";
import type { WebhookDelivery } from "../../../protocol/inbox/webhook_delivery.ts";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { memorySql } from "../testing/memory_sql.ts";
import { quietLog } from "../testing/quiet_log.ts";
import { SAMPLE } from "../testing/sample_configuration.ts";
import { AssetInbox, type DeliveryOutcome } from "./asset_inbox.ts";

const DAY = 24 * 60 * 60_000;

const up = (): DeliveryOutcome => ({ kind: "taken", reason: "200", refused: [] });
const down = (): DeliveryOutcome => ({ kind: "again", reason: "down" });

function stage() {
  const sql = memorySql();
  const clock = { at: 1_000_000, alarm: null as number | null };
  const taken: string[] = [];
  const lines: string[] = [];
  const counters = new Counters();
  const batches: number[] = [];
  let answer: (d: readonly WebhookDelivery[]) => DeliveryOutcome = up;
  const open = () =>
    new AssetInbox({
      sql,
      now: () => clock.at,
      random: () => 0.5,
      setAlarm: (at) => Promise.resolve(void (clock.alarm = at)),
      deliver: async (deliveries) => {
        await Promise.resolve();
        batches.push(deliveries.length);
        const outcome = answer(deliveries);
        if (outcome.kind !== "taken") return outcome;
        const refused = new Set(outcome.refused.map(({ deliveryId }) => deliveryId));
        for (const { deliveryId, body } of deliveries) {
          if (!refused.has(deliveryId)) taken.push(body);
        }
        return outcome;
      },
      counters,
      log: quietLog(lines),
    });
  const inbox = open();
  const arrive = async (body: string, to = inbox) => {
    const outcome = await to.take({
      deliveryId: crypto.randomUUID(),
      tenantId: SAMPLE.tenantId,
      assetId: SAMPLE.assetId,
      hash: body,
      receivedAt: clock.at,
      body,
    });
    await to.deliver();
    return outcome;
  };
  return {
    inbox,
    open,
    arrive,
    clock,
    taken,
    batches,
    lines,
    counters,
    answers: (next: typeof answer) => answer = next,
    wake: async (after: number) => {
      clock.at += after;
      await inbox.alarm();
    },
    [Symbol.dispose]: () => sql[Symbol.dispose](),
  };
}

Deno.test("AssetInbox hands a webhook over at once", async () => {
  using s = stage();
  assert.equal(await s.arrive("a"), "stored");
  assert.deepEqual(s.taken, ["a"]);
  assert.equal(await s.arrive("a"), "repeat");
  assert.deepEqual(s.taken, ["a"]);
});

Deno.test("AssetInbox keeps order through an outage and delivers all after it", async () => {
  using s = stage();
  s.answers(down);
  for (const body of ["a", "b", "c"]) await s.arrive(body);
  assert.equal(s.inbox.state().pending, 3);
  assert.ok(s.clock.alarm! > s.clock.at);
  s.answers(up);
  await s.wake(5_000);
  assert.deepEqual(s.taken, ["a", "b", "c"]);
  assert.equal(s.inbox.state().pending, 0);
});

Deno.test("AssetInbox goes on where it was after a restart", async () => {
  using s = stage();
  s.answers(down);
  await s.arrive("a");
  s.answers(up);
  await s.open().alarm();
  assert.deepEqual(s.taken, ["a"]);
});

Deno.test("AssetInbox does not hammer a cluster that is down, however many arrive", async () => {
  using s = stage();
  s.answers(down);
  for (let n = 0; n < 20; n++) await s.arrive(`n${n}`);
  assert.equal(s.inbox.state().attempts, 1);
  s.clock.at += 600;
  await s.arrive("later");
  assert.equal(s.inbox.state().attempts, 2);
});

Deno.test("AssetInbox sets a refused webhook aside and goes on behind it", async () => {
  using s = stage();
  s.answers(down);
  await s.arrive("bad");
  s.answers((sent) => ({
    ...{ kind: "taken", reason: "200" },
    refused: sent.filter((it) => it.body === "bad")
      .map(({ deliveryId }) => ({ deliveryId, code: "invalid_request" })),
  }));
  s.clock.at += 1_000;
  await s.arrive("good");
  assert.deepEqual(s.taken, ["good"]);
  assert.equal(s.inbox.state().failed, 1);
  assert.equal(s.counters.get("antiphon_edge_webhooks_failed_total"), 1);
  assert.ok(s.lines.some((line) => line.includes("inbox.failed") && !line.includes('"bad"')));
  s.answers(up);
  assert.equal(await s.inbox.retryFailed(), 1);
  await s.inbox.deliver();
  assert.deepEqual(s.taken, ["good", "bad"]);
});

Deno.test("AssetInbox gives up after seven days, visibly", async () => {
  using s = stage();
  s.answers(down);
  await s.arrive("a");
  await s.wake(6.9 * DAY);
  assert.equal(s.inbox.state().pending, 1);
  await s.wake(0.2 * DAY);
  assert.deepEqual([s.inbox.state().pending, s.inbox.state().failed], [0, 1]);
  assert.match(s.inbox.state().failures[0].reason, /not taken in time: down/);
  await s.wake(31 * DAY);
  assert.equal(s.inbox.state().failed, 0);
  assert.ok(s.lines.some((line) => line.includes("inbox.failed_deleted")));
});

Deno.test("AssetInbox hands what has gathered over together, 64 at a time", async () => {
  using s = stage();
  s.answers(down);
  const bodies = Array.from({ length: 150 }, (_, n) => `n${n}`);
  for (const body of bodies) await s.arrive(body);
  s.answers(up);
  s.batches.length = 0;
  await s.wake(5_000);
  assert.deepEqual(s.batches, [64, 64, 22]);
  assert.deepEqual(s.taken, bodies);
});

Deno.test("AssetInbox finds the one that spoils a request by sending one alone", async () => {
  using s = stage();
  s.answers(down);
  for (const body of ["bad", "b", "c"]) await s.arrive(body);
  s.answers((sent) =>
    sent.some(({ body }) => body === "bad") ? { kind: "refused", reason: "413" } : up()
  );
  await s.wake(5_000);
  assert.deepEqual(s.taken, ["b", "c"]);
  assert.equal(s.inbox.state().failures[0].reason, "413");
});
