import assert from "node:assert/strict";
import { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import { ClusterState } from "../../protocol/topology/cluster_state.ts";
import { clusterStateOf } from "./cluster_state_of.ts";

const FACTS = {
  ...{ clusterId: "E39", epoch: 3, site: "us-east", durability: "zone" as const },
  regions: { home: "eu-central", standby: "us-east" },
  status: null,
};
const STATUS = KeeperStatus.parse({
  ...{ clusterId: "E39", site: "us-east", role: "primary", epoch: 3, position: "0/3000060" },
  lease: { held: true, validMs: 1_500, term: 4, holder: "us-east" },
  inSync: ["us-east"],
  replication: {
    ...{ standby: "eu-central", state: "catching-up", sync: false },
    ...{ lagBytes: 4_096, lagMs: 700 },
  },
  ...{ degraded: { since: 1_700_000_000_000, reason: "away" }, disk: null, problem: null },
});

Deno.test("clusterStateOf() tells where a cluster is and how its standby follows", () => {
  const state = clusterStateOf({ ...FACTS, status: STATUS });
  assert.deepEqual(ClusterState.parse(state), state);
  assert.deepEqual(state.replication, {
    ...{ state: "catching-up", sync: false, lagMs: 700, degradedSince: 1_700_000_000_000 },
  });
  assert.deepEqual([state.homeRegion, state.activeSite], ["eu-central", "us-east"]);
});

Deno.test("clusterStateOf() says what it does not know", () => {
  assert.equal(clusterStateOf(FACTS).replication?.state, "unknown");
  const alone = clusterStateOf({ ...FACTS, regions: { home: "eu-central", standby: null } });
  assert.equal(alone.replication, null);
  assert.throws(() => clusterStateOf({ ...FACTS, regions: null }), { code: "unavailable" });
});
