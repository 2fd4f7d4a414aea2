import assert from "node:assert/strict";
import type { CommitUnit } from "../log/commit_unit.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";
import { type LoggedEvent, TenantRunner } from "./tenant_runner.ts";

/** A runner on a log in memory, whose commits can be made to fail. */
function runner() {
  const harness = new TenantHarness();
  const log: LoggedEvent[] = [];
  const delivered: string[] = [];
  const world = { fail: false, at: 1_000_000, next: null as number | null, recovered: 0 };
  const made = new TenantRunner({
    tenantId: "01890a5d-ac96-774b-bcce-b302099a8057",
    clusterId: "E39",
    epoch: 1,
    now: () => world.at,
    newId: harness.newId,
    read: async function* () {
      yield* log;
    },
    commit: async (unit: CommitUnit, failed) => {
      await Promise.resolve();
      if (world.fail) {
        failed();
        throw new Error("disk full");
      }
      assert.equal(unit.firstSeq, log.length + 1, "no gap and no repeat in the log");
      log.push(...unit.events.map((event) => ({ at: unit.at, event })));
    },
    deliver: (_, effects) => delivered.push(...effects.map((e) => e.id)),
    recover: () => Promise.resolve(void (world.recovered += 1)),
    deadlineMoved: (at) => world.next = at,
  }, harness.configuration);
  return { runner: made, log, delivered, world };
}

const online = { type: "presence", agentId: "anna", edgeId: "local", connected: true } as const;
const available = {
  type: "agent",
  agentId: "anna",
  command: { type: "agent.set-state", state: "available" },
} as const;

Deno.test("TenantRunner lets effects out only after their events are committed", async () => {
  const { runner: r, log, delivered } = runner();
  await r.submit(online);
  const pending = r.submit(available);
  assert.deepEqual(delivered, []);
  await pending;
  assert.equal(log.length, 2);
  assert.deepEqual(delivered, ["01890a5d-ac96-774b-bcce-b302099a8057:2:0"]);
});

Deno.test("TenantRunner forgets what could not be committed", async () => {
  const { runner: r, log, delivered, world } = runner();
  await r.submit(online);
  world.fail = true;
  await assert.rejects(r.submit(available), { code: "database_unavailable" });
  assert.deepEqual(delivered, []);
  assert.equal(world.next, world.at, "deadlines that hold again are looked for at once");
  world.fail = false;
  await r.submit(available);
  assert.equal(world.recovered, 2, "what an unknown outcome left stored is looked for");
  assert.equal(r.state.agents.get("anna")!.state, "available");
  assert.deepEqual(log.map(({ event }) => event.type), ["agent.connected", "agent.state-changed"]);
});

Deno.test("TenantRunner shows nothing that is not durable", async () => {
  const { runner: r, world } = runner();
  await r.submit(online);
  const state = () => r.shown(({ agents }) => agents.get("anna")?.state);
  const pending = r.submit(available);
  assert.equal(await state(), "available");
  await pending;
  world.fail = true;
  const refused = assert.rejects(
    r.submit({ ...available, command: { type: "agent.sign-out" } }),
    { code: "database_unavailable" },
  );
  await assert.rejects(state(), { code: "database_unavailable" });
  await refused;
  world.fail = false;
  assert.equal(await state(), "available");
});

Deno.test("TenantRunner answers a repeated command as it did the first time", async () => {
  const { runner: r, log } = runner();
  await r.submit(online);
  const id = crypto.randomUUID();
  await r.submitOnce(id, available);
  await r.submitOnce(id, available);
  assert.equal(log.length, 2);
});

Deno.test("TenantRunner knows its next deadline again after a restart", async () => {
  const { runner: r, log, world } = runner();
  await r.submit({
    type: "call-event",
    popId: "FRA",
    callId: "01890a5d-ac96-774b-bcce-b30209900001",
    event: {
      type: "call.offered",
      legId: "01890a5d-ac96-774b-bcce-b30209900002",
      trunkId: "01890a5d-ac96-774b-bcce-b30209900003",
      from: "+49301",
      to: "+4969900100",
      transport: "sip-udp",
    },
  });
  assert.equal(world.next, 1_030_000);
  const again = new TenantRunner(r.ports, r.configuration);
  world.next = null;
  await again.load();
  assert.equal(world.next, 1_030_000);
  assert.deepEqual(again.state, r.state);
  world.at = 1_030_000;
  await again.runDeadlines();
  assert.equal(log.at(-1)!.event.type, "call.hang-up-requested");
});

Deno.test("TenantRunner tells that nothing is due any more when what was due is gone", async () => {
  const { runner: r, world } = runner();
  await r.submit(online);
  world.next = world.at - 1;
  await r.runDeadlines();
  assert.equal(world.next, null);
});

Deno.test("TenantRunner begins with a new configuration that could not be committed before", async () => {
  const { runner: r, world, log } = runner();
  await r.submit(online);
  const harness = new TenantHarness((draft) => {
    draft.agents[0].teamIds = ["backup"];
  });
  world.fail = true;
  r.configuration = harness.configuration;
  const change = { type: "configuration-changed", moveTo: {}, dropRequirements: false } as const;
  await assert.rejects(r.submit(change), { code: "database_unavailable" });
  world.fail = false;
  await r.submit(available);
  assert.deepEqual(log.map(({ event }) => event.type), [
    "agent.connected",
    "agent.configured",
    "agent.state-changed",
  ]);
  assert.deepEqual(r.state.agents.get("anna")!.teamIds, ["backup"]);
});
