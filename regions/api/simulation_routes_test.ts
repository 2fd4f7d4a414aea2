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
  const { status } = await cell().call("PUT", "/v1/flows/fresh/draft", {
    token: await cell().token(tenantId, "admin"),
    headers: { "if-none-match": "*" },
    body: { ...document, id: "fresh" },
  });
  assert.equal(status, 201);
  const fresh = await simulate("fresh", { of: "draft" });
  assert.deepEqual([fresh.status, fresh.body.end.how], [200, "ended"], fresh.text);
  assert.equal((await simulate("fresh", {})).status, 404, "it is not published");
  assert.equal((await simulate("fresh", { of: "draft", document })).status, 422);
  assert.equal((await simulate("nothing", {})).status, 404);
  assert.equal((await simulate("welcome", { script: { steps: [{ jump: 1 }] } })).status, 422);
  const agent = await cell().token(tenantId, "agent");
  const path = "/v1/flows/welcome/simulate";
  assert.equal((await cell().call("POST", path, { token: agent, body: {} })).status, 403);
});

Deno.test("simulations let others have their turn first, and so many of a tenant run at a time", async () => {
  const tenantId = await cell().tenant();
  const token = await cell().token(tenantId);
  const activities = {
    wait: { type: "wait", seconds: 1, next: "set" },
    set: { type: "set", variable: "x", value: "1", next: "wait" },
  };
  const document = { id: "long", name: "Long", kind: "voice", start: "wait", activities };
  const ask = () => cell().call("POST", "/v1/flows/long/simulate", { token, body: { document } });
  const { options } = cell().cell;
  const { timer } = options;
  const held: (() => void)[] = [];
  options.timer = (ms, run) => ms > 0 ? timer(ms, run) : (held.push(run), () => {});
  try {
    const first = [ask(), ask()];
    while (held.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const refused = await ask();
    assert.deepEqual([refused.status, refused.body.code], [429, "too_many_requests"]);
    options.timer = timer;
    for (const run of held) run();
    for (const { status, body } of await Promise.all(first)) {
      assert.deepEqual([status, body.end.how], [200, "limit"]);
    }
    assert.equal((await ask()).status, 200);
  } finally {
    options.timer = timer;
  }
});
