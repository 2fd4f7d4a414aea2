import assert from "node:assert/strict";
import { tidyLog } from "../log/tidy_log.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { NUMBER } from "../testing/tenant_harness.ts";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();
const newId = uuidV7();

const FLOW = {
  id: "welcome",
  name: "Welcome",
  kind: "voice",
  start: "greet",
  variables: {
    pin: { type: "text", sensitive: true },
    score: { type: "number", agentViewable: false },
  },
  activities: {
    greet: { type: "set", variable: "score", value: "98765", next: "ask" },
    ask: { type: "collect", variable: "digits", maxDigits: 4, next: "again", onTimeout: "bye" },
    again: { type: "wait", seconds: 3600, next: "bye" },
    bye: { type: "hang-up" },
  },
};

async function caller() {
  const tenantId = await cell().tenant((draft) => {
    draft.flows = [FLOW, draft.flows[1]];
  });
  const runner = (await cell().cell.tenants.get(tenantId))!;
  const callId = newId();
  // deno-lint-ignore no-explicit-any
  const tell = (event: any) => runner.submit({ type: "call-event", popId: "FRA", callId, event });
  await tell({
    ...{ type: "call.offered", legId: newId(), trunkId: newId(), from: "+4930123456", to: NUMBER },
    transport: "sip-udp",
  });
  await tell({ type: "call.answered", codec: "PCMU" });
  const answer = () =>
    tell({
      ...{ type: "call.collected", commandId: `${callId}:flow:2`, digits: "4711", sealed: null },
      outcome: "complete",
    });
  const end = () =>
    tell({ type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null });
  const path = `/v1/interactions/${callId}/trace`;
  return { tenantId, callId, path, answer, end };
}

const states = (items: { activityId: string; state: string }[]) =>
  items.map(({ activityId, state }) => `${activityId} ${state}`);

Deno.test("a trace is told in pages, by role, and to its own tenant only", async () => {
  const { tenantId, path, answer } = await caller();
  await answer();
  const token = await cell().token(tenantId, "admin");
  const whole = await cell().call("GET", path, { token });
  assert.equal(whole.status, 200, whole.text);
  assert.deepEqual(states(whole.body.items), [
    "greet done",
    "ask waiting",
    "ask done",
    "again waiting",
  ]);
  assert.equal(whole.body.next, null);
  assert.deepEqual(whole.body.items[0].output, { score: "98765" });
  assert.deepEqual(whole.body.items[2].output, { digits: "4711" });
  const ids: string[] = [];
  for (let next: string | null = "0.0"; next !== null;) {
    const page = await cell().call("GET", `${path}?limit=3&after=${next}`, { token });
    ids.push(...page.body.items.map((item: { id: string }) => item.id));
    next = page.body.next;
  }
  assert.deepEqual(ids, whole.body.items.map((item: { id: string }) => item.id));
  const supervisor = await cell().call("GET", path, {
    token: await cell().token(tenantId, "supervisor"),
  });
  assert.deepEqual(supervisor.body.items[0].output, { score: "(hidden)" });
  assert.doesNotMatch(supervisor.text, /98765/);
  const agent = await cell().token(tenantId, "agent");
  const stranger = await cell().token(await cell().tenant(), "admin");
  assert.equal((await cell().call("GET", path, { token: agent })).status, 403);
  assert.equal((await cell().call("GET", `${path}/stream`, { token: agent })).status, 403);
  assert.equal((await cell().call("GET", path, { token: stranger })).status, 404);
  assert.equal((await cell().call("GET", `${path}?after=x`, { token })).status, 422);
  const nobody = `/v1/interactions/${newId()}/trace`;
  assert.equal((await cell().call("GET", nobody, { token })).status, 404);
});

Deno.test("a trace is streamed as it happens, and ends with the interaction", async () => {
  const { tenantId, path, answer, end } = await caller();
  const headers = { authorization: `Bearer ${await cell().token(tenantId)}` };
  const response = await cell().app.request(`${path}/stream`, { headers });
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (what: string) => {
    while (!text.includes(what)) text += (await reader.read()).value;
  };
  await until('"activityId":"ask"');
  await answer();
  await until('"activityId":"again"');
  assert.equal(cell().cell.traces.count(tenantId), 1);
  await end();
  await until("event: end");
  assert.equal((await reader.read()).done, true);
  assert.equal(cell().cell.traces.count(tenantId), 0);
  const last = [...text.matchAll(/^id: (.+)$/gm)].at(-1)![1];
  const again = await cell().app.request(`${path}/stream`, {
    headers: { ...headers, "last-event-id": last },
  });
  assert.doesNotMatch(await again.text(), /event: step/);
});

Deno.test("so many traces of a tenant are followed at a time, no more", async () => {
  const { tenantId, path } = await caller();
  const headers = { authorization: `Bearer ${await cell().token(tenantId)}` };
  const open = () => cell().app.request(`${path}/stream`, { headers });
  const opened = await Promise.all(Array.from({ length: 20 }, open));
  const refused = await open();
  assert.deepEqual([refused.status, (await refused.json()).code], [429, "too_many_requests"]);
  await Promise.all(opened.map((response) => response.body!.cancel()));
  assert.equal(cell().cell.traces.count(tenantId), 0);
  const next = await open();
  assert.equal(next.status, 200);
  await next.body!.cancel();
});

Deno.test("old traces are forgotten, others are not", async () => {
  const { tenantId, callId } = await caller();
  const { db, counters, log, now } = cell().cell.options;
  const count = async () =>
    (await db.selectFrom("cell.flow_traces").select("seq").where("tenant_id", "=", tenantId)
      .execute()).length;
  const before = await count();
  assert.ok(before > 0);
  const tidy = (days: number) =>
    tidyLog({
      ...{ db, counters, log, logDays: 30, traceDays: 7, timer: cell().cell.options.timer },
      now: () => now() + days * 86_400_000,
    }, new AbortController().signal);
  await tidy(6.9);
  assert.equal(await count(), before);
  await tidy(7.1);
  assert.equal(await count(), 0);
  assert.ok((await cell().cell.tenants.get(tenantId))!.state.interactions.has(callId));
});
