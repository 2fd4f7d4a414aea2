import assert from "node:assert/strict";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { ChangeSignal } from "./change_signal.ts";
import { listenForChanges } from "./listen_for_changes.ts";
import { FRESH_MS, SnapshotStore } from "./snapshot_store.ts";

const plane = useTestPlane();

function countingStore() {
  const clock = { at: 0 };
  const changes = new ChangeSignal();
  const store = new SnapshotStore({ ...plane().context, changes, now: () => clock.at });
  const seen = { builds: 0 };
  const build = () => Promise.resolve({ builds: ++seen.builds });
  return { clock, changes, store, seen, build };
}

Deno.test("a snapshot is built once until a change, or until it is old", async () => {
  const { clock, changes, store, seen, build } = countingStore();
  await Promise.all([store.get("pop:FRA", build), store.get("pop:FRA", build)]);
  assert.equal(seen.builds, 1);
  changes.raise();
  await store.get("pop:FRA", build);
  assert.equal(seen.builds, 2);
  clock.at += FRESH_MS;
  await store.get("pop:FRA", build);
  assert.equal(seen.builds, 3);
});

Deno.test("a snapshot that failed or was not there is tried again", async () => {
  const { store, seen, build } = countingStore();
  await assert.rejects(store.get("pop:FRA", () => Promise.reject(new RangeError())), RangeError);
  assert.equal(await store.get("pop:NYC", () => Promise.resolve(null)), null);
  await store.get("pop:FRA", build);
  await store.get("pop:NYC", build);
  assert.equal(seen.builds, 2);
});

Deno.test("a change that another process commits raises the signal", async () => {
  const changes = new ChangeSignal();
  const { sql } = plane().database;
  const unlisten = await listenForChanges(sql, changes, plane().context.log);
  const before = changes.generation;
  const woken = changes.wait(before, 10_000);
  await plane().tenant(await plane().partner());
  await woken;
  assert.ok(changes.generation > before);
  await unlisten();
});

Deno.test("what snapshots tell is numbered in the order of its commits, whoever changes it", async () => {
  const { store, build } = countingStore();
  const { sql } = plane().database;
  const sequence = async () => {
    const { store, build } = countingStore();
    return (await store.get("pop:FRA", build))!.sequence;
  };
  const [first, again] = [await sequence(), await sequence()];
  assert.equal(first, again);
  const partner = await plane().partner();
  // Who partners are is told to nobody.
  assert.equal(await sequence(), first);
  const tenantId = await plane().tenant(partner);
  const second = await sequence();
  assert.ok(second > first);
  await sql`update cfg.tenants set name = 'Other' where id = ${tenantId}`;
  const third = await sequence();
  assert.ok(third > second);
  // A change that comes to nothing is none.
  await assert.rejects(
    sql.begin(async (tx) => {
      await tx`update cfg.tenants set name = 'Third' where id = ${tenantId}`;
      throw new RangeError();
    }),
    RangeError,
  );
  assert.equal(await sequence(), third);
  // After a restore of the database too: the clock has gone on.
  await sql`update control.revision set value = 5`;
  await sql`update cfg.tenants set name = 'Fourth' where id = ${tenantId}`;
  assert.ok(await sequence() > third);
  assert.ok((await store.get("pop:FRA", build))!.sequence > third);
});
