import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { ClusterClient } from "../clusters/cluster_client.ts";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { sampleSnapshot } from "../testing/sample_events.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { CellCalls } from "./cell_calls.ts";

const who = { tenantId: SAMPLE.tenantId, agentId: "anna" };
const command = { type: "agent.sign-out" } as const;

function calls(answer: () => Promise<Response>) {
  const bodies: unknown[] = [];
  const clock = new VirtualClock();
  const client = new ClusterClient({
    now: () => clock.now,
    timer: clock.timer,
    keys: () => Promise.resolve([]),
    deadline: () => new AbortController().signal,
    token: () => Promise.resolve("t"),
    fetch: (_url, init) => {
      bodies.push(init.body ? JSON.parse(init.body as string) : null);
      return answer();
    },
  });
  const [, cluster] = sampleConfiguration().clusters;
  return { cell: new CellCalls("local", client, () => Promise.resolve(cluster)), bodies, clock };
}

const status = (code: ConstructorParameters<typeof AntiphonError>[0]) => {
  const problem = toProblem(new AntiphonError(code, "…"));
  return calls(() => Promise.resolve(Response.json(problem, { status: problem.status })));
};

Deno.test("sendCommand() tells done, refused and again apart", async () => {
  const { cell, bodies } = calls(() => Promise.resolve(Response.json({})));
  assert.deepEqual(await cell.sendCommand(who, "c1", command, 100), { kind: "done" });
  assert.deepEqual(bodies, [{ ...who, commandId: "c1", command }]);
  const kind = async (code: Parameters<typeof status>[0]) => {
    const { cell, clock } = status(code);
    return (await clock.until(cell.sendCommand(who, "c1", command, 100))).kind;
  };
  assert.equal(await kind("offer_gone"), "refused");
  assert.equal(await kind("invalid_request"), "refused");
  for (const code of ["not_active", "unavailable", "internal", "token_expired"] as const) {
    assert.equal(await kind(code), "again");
  }
});

Deno.test("sendCommand() and tellPresence() never throw", async () => {
  const { cell, clock } = calls(() => Promise.reject(new TypeError("refused")));
  const sent = cell.sendCommand(who, "c1", command, 100);
  assert.deepEqual(await clock.until(sent), { kind: "again" });
  assert.deepEqual(await clock.until(cell.tellPresence(who, true)), {
    kind: "again",
    reason: "cluster_unavailable",
  });
});

Deno.test("tellPresence() brings the snapshot back, and refuses a broken one", async () => {
  const { cell, bodies } = calls(() => Promise.resolve(Response.json(sampleSnapshot(1))));
  assert.deepEqual(await cell.tellPresence(who, true), {
    kind: "taken",
    snapshot: sampleSnapshot(1),
  });
  assert.deepEqual(bodies, [{ ...who, edgeId: "local", connected: true }]);
  const gone = calls(() => Promise.resolve(Response.json({}))).cell;
  assert.deepEqual(await gone.tellPresence(who, false), { kind: "taken", snapshot: null });
  assert.equal((await gone.tellPresence(who, true)).kind, "again");
});

Deno.test("probe() asks a cluster only if it has not answered since, and once a second", async () => {
  const { cell, bodies, clock } = calls(() => Promise.resolve(Response.json({ active: true })));
  assert.equal(await cell.probe(who, clock.now), true);
  assert.equal(await cell.probe(who, clock.now - 10), true);
  assert.equal(bodies.length, 1);
  let asked = 0;
  const down = calls(() => Promise.reject((asked += 1, new TypeError("refused"))));
  const probes = [1, 2, 3].map(() => down.cell.probe(who, down.clock.now));
  assert.deepEqual(await down.clock.until(Promise.all(probes)), [false, false, false]);
  assert.equal(asked, 1);
  await down.clock.pass(1_000);
  assert.equal(await down.clock.until(down.cell.probe(who, down.clock.now)), false);
  assert.equal(asked, 2);
  const standby = calls(() => Promise.resolve(Response.json({ active: false })));
  assert.equal(await standby.clock.until(standby.cell.probe(who, standby.clock.now)), false);
});

Deno.test("holder() says under which epoch the cluster has answered", async () => {
  const headers = { "antiphon-epoch": "7" };
  const { cell } = calls(() => Promise.resolve(Response.json({}, { headers })));
  assert.equal(await cell.holder(who), null);
  await cell.sendCommand(who, "c1", command, 100);
  assert.deepEqual(await cell.holder(who), { clusterId: "C14", epoch: 7 });
});
