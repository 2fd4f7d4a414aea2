import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { ClusterClient } from "../clusters/cluster_client.ts";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { sampleSnapshot } from "../testing/sample_events.ts";
import { CellCalls } from "./cell_calls.ts";

const who = { tenantId: SAMPLE.tenantId, agentId: "anna" };
const command = { type: "agent.sign-out" } as const;

function calls(answer: () => Promise<Response>) {
  const bodies: unknown[] = [];
  const client = new ClusterClient({
    now: () => 5,
    token: () => Promise.resolve("t"),
    fetch: (_url, init) => {
      bodies.push(init.body ? JSON.parse(init.body as string) : null);
      return answer();
    },
  });
  const [, cluster] = sampleConfiguration().clusters;
  return { cell: new CellCalls("local", client, () => Promise.resolve(cluster)), bodies };
}

const status = (code: ConstructorParameters<typeof AntiphonError>[0]) => {
  const problem = toProblem(new AntiphonError(code, "…"));
  return calls(() => Promise.resolve(Response.json(problem, { status: problem.status }))).cell;
};

Deno.test("sendCommand() tells done, refused and again apart", async () => {
  const { cell, bodies } = calls(() => Promise.resolve(Response.json({})));
  assert.deepEqual(await cell.sendCommand(who, "c1", command, 100), { kind: "done" });
  assert.deepEqual(bodies, [{ ...who, commandId: "c1", command }]);
  const kind = async (code: Parameters<typeof status>[0]) =>
    (await status(code).sendCommand(who, "c1", command, 100)).kind;
  assert.equal(await kind("offer_gone"), "refused");
  assert.equal(await kind("invalid_request"), "refused");
  for (const code of ["not_active", "unavailable", "internal", "token_expired"] as const) {
    assert.equal(await kind(code), "again");
  }
});

Deno.test("sendCommand() and tellPresence() never throw", async () => {
  const { cell } = calls(() => Promise.reject(new TypeError("refused")));
  assert.deepEqual(await cell.sendCommand(who, "c1", command, 100), { kind: "again" });
  assert.deepEqual(await cell.tellPresence(who, true), {
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

Deno.test("probe() asks a cluster only if it has not answered anybody lately", async () => {
  const { cell, bodies } = calls(() => Promise.resolve(Response.json({})));
  assert.equal(await cell.probe(who, 20_000), true);
  assert.equal(await cell.probe(who, 10_000), true);
  assert.equal(bodies.length, 1);
  const down = calls(() => Promise.reject(new TypeError("refused"))).cell;
  assert.equal(await down.probe(who, 20_000), false);
});
