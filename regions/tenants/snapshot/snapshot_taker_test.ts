import assert from "node:assert/strict";
import { TenantHarness } from "../../testing/tenant_harness.ts";
import type { EncodedState } from "./encode_state.ts";
import { SnapshotTaker } from "./snapshot_taker.ts";

function setUp(every = 3) {
  const stored: EncodedState[] = [];
  const turns: (() => void)[] = [];
  const errors: unknown[] = [];
  const world = { error: null as Error | null };
  const taker = new SnapshotTaker({
    every,
    store: (encoded) => {
      if (world.error) return Promise.reject(world.error);
      stored.push(encoded);
      return Promise.resolve();
    },
    later: (run) => turns.push(run),
    failed: (error) => errors.push(error),
  });
  const h = new TenantHarness();
  taker.loaded(h.state, 0);
  const turn = async () => {
    for (const run of turns.splice(0)) run();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  const seqs = () => stored.map((s) => s.seq);
  return { taker, h, stored, seqs, turn, errors, world };
}

Deno.test("SnapshotTaker takes one when enough events are durable, not in their turn", async () => {
  const { taker, h, seqs, turn } = setUp();
  h.available("anna");
  taker.committed(2);
  await turn();
  assert.deepEqual(seqs(), []);
  taker.committed(3);
  assert.deepEqual(seqs(), []);
  await turn();
  assert.deepEqual(seqs(), [3]);
  taker.committed(3);
  await turn();
  assert.equal(seqs().length, 1);
});

Deno.test("SnapshotTaker stores only what is durable, and nothing that was given up", async () => {
  const { taker, h, seqs, turn } = setUp();
  h.available("anna");
  taker.committed(3);
  h.available("ben");
  await turn();
  assert.deepEqual(seqs(), [], "events 4 to 6 are not durable yet");
  taker.committed(5);
  assert.deepEqual(seqs(), []);
  taker.committed(6);
  assert.deepEqual(seqs(), [6]);
  await turn();
  h.available("cleo");
  taker.committed(9);
  h.queuedCaller();
  await turn();
  taker.dropped();
  taker.committed(30);
  await turn();
  assert.equal(seqs().length, 1);
});

Deno.test("SnapshotTaker takes a last one at the end, if all is durable and something is new", async () => {
  const { taker, h, seqs } = setUp(1000);
  await taker.close();
  assert.deepEqual(seqs(), []);
  h.available("anna");
  await taker.close();
  assert.deepEqual(seqs(), [], "what was not committed is not kept");
  taker.committed(3);
  await taker.close();
  await taker.close();
  assert.deepEqual(seqs(), [3]);
});

Deno.test("SnapshotTaker takes fewer of a large state: an entry for two events at most", async () => {
  const { taker, h, stored, seqs, turn } = setUp(3);
  for (let i = 0; i < 20; i++) h.queuedCaller();
  taker.committed(h.state.seq);
  await turn();
  const [{ entries, seq }] = stored;
  taker.committed(seq + 2 * entries - 1);
  await turn();
  assert.equal(seqs().length, 1);
  taker.committed(seq + 2 * entries);
  h.state.seq = seq + 2 * entries;
  await turn();
  assert.equal(seqs().length, 2);
});

Deno.test("SnapshotTaker goes on after one could not be stored", async () => {
  const { taker, h, seqs, turn, errors, world } = setUp();
  world.error = new Error("disk full");
  h.available("anna");
  taker.committed(3);
  await turn();
  assert.deepEqual(errors, [world.error]);
  world.error = null;
  h.available("ben");
  taker.committed(6);
  await turn();
  assert.deepEqual(seqs(), [6]);
});
