import assert from "node:assert/strict";
import { answerLease } from "./answer_lease.ts";
import {
  elsewhere,
  held,
  HOME,
  KeeperBench,
  NO_LEASE,
  PEER,
  primary,
  standby,
} from "./testing/keeper_bench.ts";

const MEMORY = { data: "primary" as const, term: 1, handedOver: false };

function ask(bench: KeeperBench) {
  return answerLease(bench.state, bench.seen.lease, bench.seen.server, bench.now);
}

Deno.test("a holder's cell is told for how long, a second at most, and that is kept", () => {
  const bench = new KeeperBench(MEMORY);
  const lease = held(1, [HOME, PEER]);
  for (let i = 0; i < 3; i++) bench.step(100, { lease, server: primary() });
  const { answer, state } = ask(bench);
  assert.deepEqual(answer, {
    clusterId: "E39",
    site: HOME,
    held: true,
    validMs: 1000,
    active: { site: HOME, epoch: 1 },
  });
  assert.equal(state.answeredUntil, bench.now + 1000);
  bench.seen.lease.mine!.validUntil = bench.now + 300;
  assert.equal(ask(bench).answer.validMs, 300);
  bench.seen.lease.mine!.validUntil = bench.now;
  assert.deepEqual([ask(bench).answer.held, ask(bench).answer.validMs], [false, 0]);
});

Deno.test("elsewhere is active who holds a live lease and has published in its term", () => {
  const bench = new KeeperBench({ ...MEMORY, data: "standby" });
  const active = (lease: typeof NO_LEASE) => {
    bench.step(100, { lease, server: standby() });
    const { answer } = ask(bench);
    assert.equal(answer.held, false);
    return answer.active;
  };
  assert.deepEqual(active(elsewhere(PEER, 2, [PEER])), { site: PEER, epoch: 1 });
  assert.equal(active(elsewhere(PEER, 2, [PEER], { live: false })), null);
  const sync = { term: 1, revision: 1, inSync: [PEER] };
  assert.equal(active(elsewhere(PEER, 2, [PEER], { sync })), null);
  assert.equal(active({ ...NO_LEASE, majority: false }), null);
});
