import assert from "node:assert/strict";
import fc from "fast-check";
import { memorySql } from "../testing/memory_sql.ts";
import { sampleEvent } from "../testing/sample_events.ts";
import { EventLog } from "./event_log.ts";

const HOUR = 60 * 60_000;
const event = (n: number) => ({ deliveryId: `d${n}`, event: sampleEvent(n) });

Deno.test("EventLog numbers without gaps and drops repeated deliveries", () => {
  using sql = memorySql();
  const log = new EventLog(sql);
  assert.deepEqual(log.append([event(1), event(2), event(1)], 0).map((e) => e.seq), [1, 2]);
  assert.deepEqual(new EventLog(sql).append([event(2), event(3)], 1).map((e) => e.seq), [3]);
  assert.deepEqual(log.since(1)?.map((e) => e.seq), [2, 3]);
});

Deno.test("EventLog gives nothing rather than a gap", () => {
  using sql = memorySql();
  const log = new EventLog(sql);
  assert.deepEqual(log.since(0), []);
  assert.equal(log.since(1), null);
  for (let n = 1; n <= 600; n++) log.append([event(n)], 0);
  assert.equal(log.since(50), null);
  assert.equal(log.since(200)?.length, 400);
  assert.equal(log.since(601), null);
});

Deno.test("EventLog forgets after a day and goes on numbering", () => {
  using sql = memorySql();
  const log = new EventLog(sql);
  log.append([event(1), event(2)], 0);
  log.append([event(3)], 25 * HOUR);
  assert.equal(log.since(0), null);
  assert.deepEqual(log.since(2)?.map((e) => e.seq), [3]);
  log.append([], 60 * HOUR);
  assert.equal(new EventLog(sql).append([event(4)], 60 * HOUR)[0].seq, 4);
});

Deno.test("EventLog resumes from any number without loss or repeat", () => {
  fc.assert(fc.property(
    fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), { maxLength: 20 }),
    fc.nat(60),
    (pushes, from) => {
      using sql = memorySql();
      const log = new EventLog(sql);
      const all = pushes.flatMap((push) => log.append(push.map(event), 0));
      assert.deepEqual(all.map((e) => e.seq), all.map((_, i) => i + 1));
      assert.equal(new Set(pushes.flat()).size, all.length);
      assert.deepEqual(log.since(from), from > all.length ? null : all.slice(from));
    },
  ));
});
