import assert from "node:assert/strict";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { ChangeSignal } from "./change_signal.ts";
import { listenForChanges } from "./listen_for_changes.ts";
import { FRESH_MS, SnapshotStore } from "./snapshot_store.ts";

const plane = useTestPlane();

function countingStore() {
  const clock = { at: 0 };
  const changes = new ChangeSignal();
  const store = new SnapshotStore({ db: plane().context.db, changes, now: () => clock.at });
  const seen = { builds: 0 };
  const build = () => Promise.resolve({ builds: ++seen.builds });
  return { clock, changes, store, seen, build };
}

Deno.test("a snapshot is built once until a change, or until it is old", async () => {
  const { clock, changes, store, seen, build } = countingStore();
  await Promise.all([store.get("a", build), store.get("a", build)]);
  assert.equal(seen.builds, 1);
  changes.raise();
  await store.get("a", build);
  assert.equal(seen.builds, 2);
  clock.at += FRESH_MS;
  await store.get("a", build);
  assert.equal(seen.builds, 3);
});

Deno.test("a snapshot that failed or was not there is tried again", async () => {
  const { store, seen, build } = countingStore();
  await assert.rejects(store.get("a", () => Promise.reject(new RangeError())), RangeError);
  assert.equal(await store.get("b", () => Promise.resolve(null)), null);
  await store.get("a", build);
  await store.get("b", build);
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
