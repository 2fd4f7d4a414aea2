import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { CellDouble } from "../testing/cell_double.ts";
import { askCell, type CellRequest } from "./ask_cell.ts";

const HOME = "http://home.test";
const STANDBY = "http://standby.test";
const request: CellRequest = {
  clusterId: "E39",
  urls: [HOME, STANDBY],
  method: "PUT",
  path: "/internal/x",
  body: '{"a":1}',
};

function harness() {
  const cell = new CellDouble();
  const clock = { at: 0, sleeps: [] as number[] };
  const stopping = new AbortController();
  const options = {
    token: (audience: string) => Promise.resolve(`for-${audience}`),
    fetch: cell.fetch,
    now: () => clock.at,
    sleep: (ms: number) => {
      clock.at += ms;
      clock.sleeps.push(ms);
      return Promise.resolve();
    },
    stopping: stopping.signal,
  };
  return { cell, clock, options, stopping, ask: () => askCell(request, options) };
}
const unavailable = (e: unknown) => e instanceof AntiphonError && e.code === "cluster_unavailable";

Deno.test("askCell() speaks to the first address with a token for the cell", async () => {
  const { cell, ask } = harness();
  cell.script({ [HOME]: [{ ok: { done: true } }] });
  assert.deepEqual(await ask(), { ok: true, body: '{"done":true}' });
  assert.deepEqual(cell.calls, [{
    url: `${HOME}/internal/x`,
    method: "PUT",
    authorization: "Bearer for-cell:E39",
    body: '{"a":1}',
  }]);
});

Deno.test("askCell() goes on to the standby when the home is not active or gone", async () => {
  const { cell, clock, ask } = harness();
  for (const first of [{ problem: "not_active" } as const, "refused" as const]) {
    cell.script({ [HOME]: [first], [STANDBY]: [{ ok: {} }] });
    assert.equal((await ask()).ok, true);
    assert.equal(cell.calls.length, 2);
  }
  assert.deepEqual(clock.sleeps, []);
});

Deno.test("askCell() tries again while the tenant or our key has not reached the cell", async () => {
  const { cell, clock, ask } = harness();
  const notYet = [{ problem: "unavailable" }, { problem: "unauthenticated" }] as const;
  cell.script({ [HOME]: [...notYet, "refused", { ok: {} }], [STANDBY]: ["refused"] });
  assert.equal((await ask()).ok, true);
  assert.deepEqual(clock.sleeps, [100, 200, 400]);
});

Deno.test("askCell() passes on what the cell finds wrong with the request", async () => {
  const { cell, ask } = harness();
  cell.script({ [HOME]: [{ problem: "invalid_request" }] });
  const answer = await ask();
  assert.ok(!answer.ok);
  assert.deepEqual([answer.status, JSON.parse(answer.problem).code], [422, "invalid_request"]);
  assert.equal(cell.calls.length, 1);
});

Deno.test("askCell() gives up after fifteen seconds and does not blame the caller", async () => {
  const answers = ["refused", { problem: "internal" }, { problem: "forbidden" }] as const;
  for (const answer of [...answers, new Response("<html>", { status: 422 })]) {
    const { cell, clock, ask } = harness();
    cell.script({ [HOME]: [answer], [STANDBY]: ["refused"] });
    await assert.rejects(ask(), unavailable);
    assert.ok(clock.at > 13_000 && clock.at <= 15_000, String(clock.at));
  }
});

Deno.test("askCell() stops trying when the process stops", async () => {
  const { cell, stopping, ask } = harness();
  cell.script({});
  stopping.abort();
  await assert.rejects(ask(), unavailable);
  assert.equal(cell.calls.length <= 2, true);
});
