import assert from "node:assert/strict";
import { activeMember } from "./active_member.ts";
import { PatroniCluster } from "./patroni_cluster.ts";

const LEADER = {
  name: "e39-a",
  role: "leader",
  state: "running",
  timeline: 4,
  tags: { site: "eu-central", nofailover: false },
};
const STANDBY = { name: "e39-b", role: "sync_standby", state: "streaming", timeline: 4, lag: 0 };

function active(...members: object[]) {
  return activeMember(PatroniCluster.parse({ members, scope: "E39" }));
}

Deno.test("the leader's tag says at which site a cluster is active", () => {
  assert.deepEqual(active(STANDBY, LEADER), { site: "eu-central", epoch: 4 });
});

Deno.test("without a tag its name is its site's", () => {
  const leader = { ...LEADER, name: "us-east", tags: undefined };
  assert.deepEqual(active(leader, STANDBY), { site: "us-east", epoch: 4 });
});

Deno.test("nobody is active when nobody leads, or one whose server or site is not known", () => {
  for (
    const leader of [
      { ...LEADER, role: "replica" },
      { ...LEADER, role: "standby_leader" },
      { ...LEADER, state: "crashed" },
      { ...LEADER, timeline: undefined },
      { ...LEADER, timeline: 0 },
      { ...LEADER, tags: { site: "Frankfurt am Main" } },
      { ...LEADER, tags: {} },
    ]
  ) assert.equal(active({ ...leader, name: "E39_A" }, STANDBY), null);
  assert.equal(active(), null);
});
