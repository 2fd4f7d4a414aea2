import assert from "node:assert/strict";
import { EdgeStage } from "./testing/edge_stage.ts";
import { STAGE } from "./testing/stage_configuration.ts";

const anna = { tenant: "acme", username: "anna", password: "open sesame" };

/** The pair a browser would send back. */
function kept(response: Response): string {
  return response.headers.get("set-cookie")!.split(";", 1)[0];
}

async function code(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json()).code];
}

Deno.test("sign-on at the edge", async (t) => {
  await using stage = await EdgeStage.open();

  await t.step("gives an access token and keeps the refresh token in a cookie", async () => {
    const response = await stage.post("/v1/sign-on", anna);
    assert.equal(response.status, 200);
    const cookie = response.headers.get("set-cookie")!;
    assert.match(cookie, /; Path=\/v1; Max-Age=3600; HttpOnly; SameSite=Strict$/);
    const text = await response.text();
    assert.doesNotMatch(text, /refresh/);
    const answer = JSON.parse(text);
    assert.equal(answer.tenantId, STAGE.tenantId);
    assert.equal(answer.tenantName, "The acme company");
    assert.equal(answer.softphoneUrl, "ws://fra.test:7000/softphone");
  });

  await t.step("renews once with a cookie, and gives the next", async () => {
    const first = await stage.post("/v1/sign-on", anna);
    await first.body?.cancel();
    const renew = (cookie: string) => stage.post("/v1/sign-on/refresh", "", { cookie });
    const second = await renew(kept(first));
    assert.equal(second.status, 200);
    assert.equal((await second.json()).agent.id, "anna");
    assert.notEqual(kept(second), kept(first));
    assert.deepEqual(await code(await renew(kept(first))), [401, "unauthenticated"]);
    const third = await renew(kept(second));
    assert.equal(third.status, 200);
    await third.body?.cancel();
    assert.deepEqual(await code(await renew("")), [401, "unauthenticated"]);
  });

  await t.step("ends with sign-off", async () => {
    const first = await stage.post("/v1/sign-on", anna);
    await first.body?.cancel();
    const off = await stage.post("/v1/sign-off", "", { cookie: kept(first) });
    assert.equal(off.status, 204);
    assert.match(off.headers.get("set-cookie")!, /^antiphon_refresh=; .*Max-Age=0/);
    const after = await stage.post("/v1/sign-on/refresh", "", { cookie: kept(first) });
    assert.equal(after.status, 401);
    await after.body?.cancel();
  });

  await t.step("does not tell a wrong tenant from a wrong password", async () => {
    const wrong = [
      { ...anna, password: "guess" },
      { ...anna, tenant: "nobody" },
    ];
    const answers = await Promise.all(wrong.map(async (body) => {
      const startedAt = performance.now();
      const response = await stage.post("/v1/sign-on", body);
      const { instance: _instance, ...problem } = await response.json();
      return { status: response.status, problem, ms: performance.now() - startedAt };
    }));
    assert.equal(answers[0].status, 401);
    assert.deepEqual(answers[0].problem, answers[1].problem);
    for (const { ms } of answers) assert.ok(ms >= 490);
  });

  await t.step("names the fields of a bad request, and refuses a large one", async () => {
    const bad = await stage.post("/v1/sign-on", { tenant: "Not a slug" });
    assert.equal(bad.status, 422);
    const { errors } = await bad.json();
    assert.deepEqual(errors.map((e: { path: string }) => e.path), [
      "tenant",
      "username",
      "password",
    ]);
    assert.deepEqual(await code(await stage.post("/v1/sign-on", "{")), [400, "malformed_json"]);
    const large = await stage.post("/v1/sign-on", { ...anna, more: "x".repeat(9_000) });
    assert.deepEqual(await code(large), [413, "payload_too_large"]);
  });

  await t.step("is for the edge's own pages only", async () => {
    const foreign = await stage.post("/v1/sign-on", anna, { origin: "http://evil.test" });
    assert.deepEqual(await code(foreign), [403, "forbidden"]);
  });

  await t.step("slows down whoever guesses at one person", async () => {
    const guess = { ...anna, username: "Bruno", password: "guess" };
    const tries = Array.from({ length: 12 }, () => stage.post("/v1/sign-on", guess));
    const answers = await Promise.all(tries);
    const late = answers.filter(({ status }) => status === 429);
    assert.equal(late.length, 2);
    assert.ok(Number(late[0].headers.get("retry-after")) > 0);
    for (const answer of answers) await answer.body?.cancel();
    const other = await stage.post("/v1/sign-on", anna);
    assert.equal(other.status, 200);
    await other.body?.cancel();
  });

  await t.step("says that the cluster is away, and works again when it is back", async () => {
    await stage.cell.stop();
    const away = await stage.post("/v1/sign-on", anna);
    assert.equal(away.headers.get("retry-after"), "2");
    assert.deepEqual(await code(away), [503, "cluster_unavailable"]);
    stage.cell.start();
    const back = await stage.post("/v1/sign-on", anna);
    assert.equal(back.status, 200);
    await back.body?.cancel();
  });
});
