import assert from "node:assert/strict";
import fc from "fast-check";
import { memorySql } from "../testing/memory_sql.ts";
import { SAMPLE } from "../testing/sample_configuration.ts";
import type { InboxArrival } from "./asset_inbox_calls.ts";
import { InboxStore } from "./inbox_store.ts";

const HOUR = 60 * 60_000;

function arrival(n: number, change: Partial<InboxArrival> = {}): InboxArrival {
  return {
    deliveryId: `d${n}`,
    tenantId: SAMPLE.tenantId,
    assetId: SAMPLE.assetId,
    hash: `h${n}`,
    receivedAt: n,
    body: `body ${n}`,
    ...change,
  };
}

const next = (store: InboxStore) => store.oldest(1, 0).at(0);

Deno.test("InboxStore gives what waits in order of arrival, also after a restart", () => {
  using sql = memorySql();
  const store = new InboxStore(sql);
  for (const n of [1, 2, 3]) assert.equal(store.add(arrival(n)), "stored");
  store.delivered(next(store)!);
  const again = new InboxStore(sql);
  assert.equal(next(again)?.deliveryId, "d2");
  assert.equal(again.state().pending, 2);
});

Deno.test("InboxStore knows a repeat for a day, also once it was delivered", () => {
  using sql = memorySql();
  const store = new InboxStore(sql);
  store.add(arrival(1));
  assert.equal(store.add(arrival(1, { deliveryId: "x" })), "repeat");
  store.delivered(next(store)!);
  assert.equal(store.add(arrival(1, { receivedAt: 23 * HOUR })), "repeat");
  assert.equal(store.add(arrival(1, { receivedAt: 25 * HOUR })), "stored");
});

Deno.test("InboxStore sets a failed one aside, takes its repeat, and can try it again", () => {
  using sql = memorySql();
  const store = new InboxStore(sql);
  store.add(arrival(1));
  store.add(arrival(2));
  store.fail(next(store)!, 100, "refused: 422");
  assert.equal(next(store)?.deliveryId, "d2");
  const { failed, failures } = store.state();
  assert.equal(failed, 1);
  assert.deepEqual(failures, [
    { deliveryId: "d1", receivedAt: 1, failedAt: 100, reason: "refused: 422" },
  ]);
  assert.equal(store.add(arrival(1, { deliveryId: "again" })), "stored");
  assert.equal(store.retryFailed(), 1);
  assert.deepEqual([store.state().pending, store.state().failed], [3, 0]);
  store.fail(next(store)!, 100, "x");
  assert.equal(store.deleteFailedBefore(101), 1);
});

Deno.test("InboxStore counts what waits as its table does, whatever happens", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.constantFrom("add", "delivered", "fail", "retry"), fc.nat(30))),
    (steps) => {
      using sql = memorySql();
      const store = new InboxStore(sql);
      for (const [what, n] of steps) {
        const head = next(store);
        if (what === "add") store.add(arrival(n));
        else if (what === "retry") store.retryFailed();
        else if (head && what === "fail") store.fail(head, 1, "x");
        else if (head) store.delivered(head);
      }
      assert.equal(store.state().pending, new InboxStore(sql).state().pending);
    },
  ));
});

Deno.test("InboxStore gives as many as fit, in order, and one in any case", () => {
  using sql = memorySql();
  const store = new InboxStore(sql);
  for (const n of [1, 2, 3]) store.add(arrival(n, { body: "x".repeat(10) }));
  const ids = (most: number, bytes: number) => store.oldest(most, bytes).map((it) => it.deliveryId);
  assert.deepEqual(ids(10, 100), ["d1", "d2", "d3"]);
  assert.deepEqual(ids(2, 100), ["d1", "d2"]);
  assert.deepEqual(ids(10, 29), ["d1", "d2"]);
  assert.deepEqual(ids(10, 3), ["d1"]);
});
