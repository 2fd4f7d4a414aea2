import assert from "node:assert/strict";
import { signClusterNotice } from "../../protocol/cluster_notice/sign_cluster_notice.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { CellDouble } from "../testing/cell_double.ts";
import { quickTimer } from "../testing/quick_timer.ts";
import { CellClient, type CellRequest } from "./cell_client.ts";

const HOME = "http://home.test";
const STANDBY = "http://standby.test";
const CLUSTER = {
  ...{ id: "E39", homeRegion: "eu-central", standbyRegion: "us-east" },
  urls: [HOME, STANDBY],
};
const request: CellRequest = { method: "PUT", path: "/internal/x", body: '{"a":1}' };
const cellKey = await generateServiceKey("cell:E39", "k1");
const otherKey = await generateServiceKey("cell:C14", "k2");

function harness(urls = CLUSTER.urls) {
  const cell = new CellDouble();
  const clock = { at: 1_000_000 };
  const stopping = new AbortController();
  const client = new CellClient({
    token: (audience: string) => Promise.resolve(`for-${audience}`),
    keys: [cellKey.publicKey, otherKey.publicKey],
    fetch: cell.fetch,
    now: () => clock.at,
    timer: quickTimer(clock),
    stopping: stopping.signal,
  });
  const ask = () => client.ask({ ...CLUSTER, urls }, request);
  return { ask, cell, client, clock, stopping };
}
const unavailable = (e: unknown) => e instanceof AntiphonError && e.code === "cluster_unavailable";
const origins = ({ calls }: CellDouble) => calls.map(({ url }) => new URL(url).origin);

/** An answer of a cell that stands by. */
function standsBy(notice: string): Response {
  const problem = toProblem(new AntiphonError("not_active", "Elsewhere", { data: { notice } }));
  return new Response(JSON.stringify(problem), { status: 421 });
}

Deno.test("a cell is asked at its first address with a token for it", async () => {
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

Deno.test("the standby is asked when the home is not active or gone, and first the next time", async () => {
  for (const first of [{ problem: "not_active" } as const, "refused" as const]) {
    const { cell, clock, ask } = harness();
    cell.script({ [HOME]: [first], [STANDBY]: [{ ok: {} }] });
    assert.equal((await ask()).ok, true);
    await ask();
    assert.deepEqual(origins(cell), [HOME, STANDBY, STANDBY]);
    assert.equal(clock.at, 1_000_000);
  }
});

Deno.test("silence has the other address asked too", async () => {
  const client = new CellClient({
    ...harness().client.options,
    timer: (ms, run) => {
      const id = ms === 700 ? setTimeout(run) : undefined;
      return () => clearTimeout(id);
    },
    fetch: (url, init) =>
      String(url).startsWith(STANDBY)
        ? Promise.resolve(Response.json({}))
        : new Promise((_, no) => {
          init!.signal!.addEventListener("abort", () => no(init!.signal!.reason));
        }),
  });
  assert.equal((await client.ask(CLUSTER, request)).ok, true);
});

Deno.test("a cell is asked again while the tenant or our key has not reached it", async () => {
  const { cell, clock, ask } = harness([HOME]);
  const notYet = [{ problem: "unavailable" }, { problem: "unauthenticated" }] as const;
  cell.script({ [HOME]: [...notYet, "refused", { ok: {} }] });
  assert.equal((await ask()).ok, true);
  assert.ok(clock.at > 1_000_000);
});

Deno.test("a signed notice says whom to ask next; a forged one, or of another cluster, nothing", async () => {
  const urls = [HOME, "http://third.test", STANDBY];
  const notice = { clusterId: "E39", epoch: 7, site: "us-east", url: STANDBY };
  const sign = (key = cellKey, of: object = {}, at = 1_000_000) =>
    signClusterNotice({ ...notice, ...of }, key.privateKey, () => at);
  const followed = async (signed: string) => {
    const { cell, ask } = harness(urls);
    cell.script({
      [HOME]: [standsBy(signed)],
      "http://third.test": [{ ok: 3 }],
      [STANDBY]: [{ ok: 2 }],
    });
    await ask();
    return origins(cell)[1] === STANDBY;
  };
  assert.equal(await followed(await sign()), true);
  assert.equal(await followed(await sign(otherKey)), false);
  assert.equal(await followed(await sign(cellKey, { clusterId: "C14" })), false);
  assert.equal(await followed(await sign(cellKey, { url: "http://evil.test" })), false);
  assert.equal(await followed(await sign(cellKey, {}, 1)), false);
  assert.equal(await followed("a.b.c"), false);
});

Deno.test("an answer under an older epoch than has acted is not believed", async () => {
  const { cell, ask } = harness();
  const under = (epoch: number, body: object) =>
    new Response(JSON.stringify(body), { headers: { "antiphon-epoch": String(epoch) } });
  cell.script({ [HOME]: [under(8, { from: "home" }), "refused"], [STANDBY]: [under(7, {})] });
  await ask();
  await assert.rejects(ask(), unavailable);
});

Deno.test("what the cell finds wrong with the request is passed on", async () => {
  const { cell, ask } = harness();
  cell.script({ [HOME]: [{ problem: "invalid_request" }] });
  const answer = await ask();
  assert.ok(!answer.ok);
  assert.deepEqual([answer.status, JSON.parse(answer.problem).code], [422, "invalid_request"]);
  assert.equal(cell.calls.length, 1);
});

Deno.test("a cluster is given up after fifteen seconds, and the caller is not blamed", async () => {
  const answers = ["refused", { problem: "internal" }, { problem: "forbidden" }] as const;
  for (const answer of [...answers, new Response("<html>", { status: 422 })]) {
    const { cell, clock, ask } = harness();
    cell.script({ [HOME]: [answer], [STANDBY]: ["refused"] });
    await assert.rejects(ask(), unavailable);
    const waited = clock.at - 1_000_000;
    assert.ok(waited > 13_000 && waited <= 15_000, String(waited));
  }
});

Deno.test("nothing is tried any more when the process stops", async () => {
  const { cell, stopping, ask } = harness();
  cell.script({});
  stopping.abort();
  await assert.rejects(ask(), unavailable);
  assert.equal(cell.calls.length <= 2, true);
});
