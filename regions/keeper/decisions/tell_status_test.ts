import assert from "node:assert/strict";
import { KeeperStatus } from "../../../protocol/keeper/keeper_status.ts";
import { tellStatus } from "./tell_status.ts";
import {
  elsewhere,
  held,
  HOME,
  KeeperBench,
  NO_SERVER,
  PEER,
  primary,
  standby,
} from "./testing/keeper_bench.ts";

const MEMORY = { data: "primary" as const, term: 1, handedOver: false };

function status(bench: KeeperBench) {
  const { lease, server } = bench.seen;
  return KeeperStatus.parse(tellStatus(bench.state, lease, server, bench.now));
}

Deno.test("a primary tells its term, position and standby", () => {
  const bench = new KeeperBench(MEMORY);
  const lease = held(4, [HOME, PEER], { validUntil: 20_000 });
  for (let i = 0; i < 3; i++) bench.step(100, { lease, server: primary({ position: 5500n }) });
  const it = status(bench);
  assert.deepEqual(it.lease, { held: false, validMs: 9700, term: 4, holder: HOME });
  assert.deepEqual([it.role, it.epoch, it.position], ["primary", 1, "0/157C"]);
  assert.deepEqual(it.replication, {
    standby: PEER,
    state: "streaming",
    sync: true,
    lagBytes: 500,
    lagMs: 10,
  });
  bench.step(100, { server: primary({ standby: null }) });
  assert.equal(status(bench).replication!.state, "away");
});

Deno.test("a standby tells whom it follows, and a seeding says so", () => {
  const bench = new KeeperBench({ ...MEMORY, data: "standby" });
  bench.step(100, { lease: elsewhere(PEER, 2, [PEER]), server: standby() });
  assert.deepEqual([status(bench).role, status(bench).lease.holder], ["standby", PEER]);
  assert.equal(status(bench).replication, null);
  const empty = new KeeperBench();
  empty.step(100, { lease: elsewhere(PEER, 2, [PEER]), server: NO_SERVER });
  assert.equal(status(empty).role, "seeding");
});
