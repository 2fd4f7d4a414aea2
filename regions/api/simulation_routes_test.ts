import assert from "node:assert/strict";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();

Deno.test("a flow, published or not, is simulated and leaves nothing behind", async () => {
  const tenantId = await cell().tenant();
  const token = await cell().token(tenantId, "supervisor");
  const runner = (await cell().cell.tenants.get(tenantId))!;
  const before = runner.state.seq;
  const simulate = (id: string, body: unknown) =>
    cell().call("POST", `/v1/flows/${id}/simulate`, { token, body });
  const published = await simulate("welcome", { script: { steps: [{ digits: "1" }] } });
  assert.equal(published.status, 200, published.text);
  assert.equal(published.body.variables.choice, "1");
  const document = {
    ...{ id: "other", name: "New", kind: "voice", start: "bye" },
    activities: { bye: { type: "hang-up" } },
  };
  const draft = await simulate("new", { document });
  assert.deepEqual([draft.status, draft.body.end.how], [200, "ended"], draft.text);
  assert.equal(draft.body.trace[0].flowId, "new");
  assert.equal(runner.state.seq, before);
  assert.equal((await simulate("nothing", {})).status, 404);
  assert.equal((await simulate("welcome", { script: { steps: [{ jump: 1 }] } })).status, 422);
  const agent = await cell().token(tenantId, "agent");
  const path = "/v1/flows/welcome/simulate";
  assert.equal((await cell().call("POST", path, { token: agent, body: {} })).status, 403);
});

Deno.test("the longest simulation does not hold up what else there is to do", async () => {
  const tenantId = await cell().tenant();
  const token = await cell().token(tenantId);
  const activities = {
    wait: { type: "wait", seconds: 1, next: "set" },
    set: { type: "set", variable: "x", value: "{{ x }}1", next: "cut", onError: "cut" },
    cut: {
      type: "set",
      variable: "x",
      value: "{{ x | slice(0, 20) }}",
      next: "wait",
      onError: "wait",
    },
  };
  const document = { id: "long", name: "Long", kind: "voice", start: "wait", activities };
  const ask = () => cell().call("POST", "/v1/flows/long/simulate", { token, body: { document } });
  const answers = [ask(), ask(), ask()];
  let turns = 0;
  let working = true;
  const all = Promise.all(answers).finally(() => working = false);
  while (working) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  const results = await all;
  assert.deepEqual(results.map(({ status }) => status).sort(), [200, 200, 429]);
  const done = results.find(({ status }) => status === 200)!;
  assert.equal(done.body.end.how, "limit");
  assert.ok(turns > 10, "others had their turn");
});
