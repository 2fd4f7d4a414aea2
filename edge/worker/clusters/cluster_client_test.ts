import assert from "node:assert/strict";
import { signClusterNotice } from "../../../protocol/cluster_notice/sign_cluster_notice.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ErrorCode } from "../../../protocol/errors/error_code.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { sampleConfiguration } from "../testing/sample_configuration.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { ClusterClient, type ClusterRequest } from "./cluster_client.ts";

const [cluster] = sampleConfiguration().clusters;
const [HOME, STANDBY] = cluster.urls;
const cell = await generateServiceKey("cell:E39", "k1");
const other = await generateServiceKey("cell:C14", "k2");
const request: ClusterRequest = {
  ...{ method: "POST", path: "/internal/inbox", body: "{}" },
  timeoutMs: 10_000,
};

type Answer = Response | "down" | "silent";

/** A client, and what each address answers: one answer after the other, the last one for good. */
function stage(home: Answer[], standby: Answer[], health: Record<string, boolean> = {}) {
  const clock = new VirtualClock();
  const asked: { host: string; at: number; init: RequestInit; path: string }[] = [];
  const began = clock.now;
  let aborted = 0;
  const client = new ClusterClient({
    now: () => clock.now,
    timer: clock.timer,
    token: (audience) => Promise.resolve(`for ${audience}`),
    keys: () => Promise.resolve([cell.publicKey, other.publicKey]),
    deadline: () => new AbortController().signal,
    fetch: (url, init) => {
      const { origin, pathname, hostname } = new URL(url);
      const host = hostname.split("-")[1].split(".")[0];
      asked.push({ host, at: clock.now - began, init, path: pathname });
      if (pathname === "/health" && host in health) {
        return Promise.resolve(Response.json({ active: health[host] }));
      }
      const answers = origin === HOME ? home : standby;
      const answer = answers.length > 1 ? answers.shift()! : answers[0];
      if (answer === "down") return Promise.reject(new TypeError("Network connection lost."));
      if (answer !== "silent") return Promise.resolve(answer.clone());
      return new Promise((_, reject) => {
        init.signal!.addEventListener("abort", () => {
          aborted += 1;
          reject(init.signal!.reason);
        });
      });
    },
  });
  return {
    ...{ client, clock, asked },
    hosts: () => asked.map(({ host }) => host),
    aborted: () => aborted,
    call: (change: Partial<ClusterRequest> = {}) =>
      clock.until(client.call(cluster, { ...request, ...change })),
  };
}

const ok = () => new Response("{}");
function problem(code: ErrorCode, data: Record<string, unknown> = {}): Response {
  const body = toProblem(new AntiphonError(code, "no", { data }));
  return Response.json(body, { status: body.status });
}
const notHere = () => problem("not_active");
const notice = (epoch: number, url = STANDBY, key = cell.privateKey, now = 1_000_000) =>
  signClusterNotice({ clusterId: "E39", epoch, site: "us-east", url }, key, () => now);

Deno.test("ClusterClient follows a refusal to the standby and stays with it", async () => {
  const t = stage([notHere()], [ok()]);
  assert.equal((await t.call()).status, 200);
  assert.equal((await t.call()).status, 200);
  assert.deepEqual(t.hosts(), ["home", "standby", "standby"]);
  assert.equal(new Headers(t.asked[0].init.headers).get("authorization"), "Bearer for cell:E39");
  assert.notEqual(t.client.answeredAt("E39"), undefined);
  assert.equal(t.client.answeredAt("C14"), undefined);
  assert.equal(t.clock.pending, 0, "no timer is left");
});

Deno.test("ClusterClient hands through what the active cell says", async () => {
  const t = stage(["down"], [new Response("{}", { status: 401 })]);
  assert.equal((await t.call()).status, 401);
  const busy = stage([problem("service_busy")], [ok()]);
  const answer = await busy.call();
  assert.equal(answer.status, 503);
  assert.equal((await answer.json() as { code: string }).code, "service_busy");
  assert.deepEqual(busy.hosts(), ["home"]);
});

Deno.test("ClusterClient asks the others after 700 ms of silence and aborts who stays silent", async () => {
  const t = stage(["silent"], [notHere(), notHere(), ok()]);
  assert.equal((await t.call()).status, 200);
  assert.deepEqual(t.hosts(), ["home", "standby", "standby", "standby"]);
  assert.equal(t.asked[1].at, 700);
  assert.ok(t.asked[3].at < 1_000);
  assert.equal(t.aborted(), 1);
  await t.call();
  assert.equal(t.hosts().at(-1), "standby");
});

Deno.test("ClusterClient takes a slow answer though the others say no", async () => {
  const t = stage([], [notHere()]);
  const slow = Promise.withResolvers<Response>();
  const { fetch } = t.client.ports;
  t.client.ports.fetch = (url, init) => url.startsWith(HOME) ? slow.promise : fetch(url, init);
  const answer = t.client.call(cluster, request);
  await t.clock.pass(3_000);
  slow.resolve(ok());
  assert.equal((await answer).status, 200);
});

Deno.test("ClusterClient goes on asking while a cluster moves, so that nothing is refused", async () => {
  const no = Array.from({ length: 12 }, notHere);
  const t = stage(["down"], [...no, ok()]);
  assert.equal((await t.call()).status, 200);
  const at = t.asked.at(-1)!.at;
  assert.ok(at > 2_000 && at < 3_000, String(at));
  const unavailable = stage(
    [problem("unavailable"), new Response("Bad gateway", { status: 502 })],
    [
      notHere(),
      new Response("<html>", { status: 503 }),
      ok(),
    ],
  );
  assert.equal((await unavailable.call()).status, 200);
});

Deno.test("ClusterClient says why nobody answered, after its budget or the request's own", async () => {
  const t = stage(["down"], [problem("unavailable")]);
  await assert.rejects(t.call(), {
    code: "cluster_unavailable",
    data: { clusterId: "E39", reasons: ["down", "503"], retryAfter: 2 },
  });
  const last = t.asked.at(-1)!.at;
  assert.ok(last > 5_500 && last <= 6_000, String(last));
  const hasty = stage(["silent"], [notHere()]);
  await assert.rejects(hasty.call({ timeoutMs: 1_000 }), {
    data: { clusterId: "E39", reasons: ["timeout", "421"], retryAfter: 2 },
  });
  assert.equal(hasty.aborted(), 1);
  assert.ok(hasty.clock.now - 1_000_000 <= 1_010);
});

Deno.test("ClusterClient sends a person's own token where asked", async () => {
  const t = stage([ok()], []);
  await t.call({ headers: { authorization: "Bearer person" } });
  assert.equal(new Headers(t.asked[0].init.headers).get("authorization"), "Bearer person");
});

Deno.test("ClusterClient follows a true notice first, and a forged or replayed one nowhere", async () => {
  const third = "http://e39-third.test";
  const three = { ...cluster, urls: [HOME, STANDBY, third] };
  const t = stage([notHere()], [notHere()]);
  const { fetch } = t.client.ports;
  const hinted: string[] = [];
  let signed = "";
  t.client.ports.fetch = async (url, init) => {
    hinted.push(new URL(url).hostname.split("-")[1]);
    if (url.startsWith(third)) return ok();
    return url.startsWith(HOME)
      ? problem("not_active", { notice: signed })
      : await fetch(url, init);
  };
  const order = async (next: string) => {
    signed = next;
    hinted.length = 0;
    // Another client's memory would be of no use here: the first address is asked again.
    const client = new ClusterClient(t.client.ports);
    await client.announced(three, await notice(4, HOME));
    await t.clock.until(client.call(three, request));
    return hinted.map((host) => host.split(".")[0]);
  };
  assert.deepEqual(await order(await notice(5, third)), ["home", "third"]);
  const nothing = ["home", "standby", "third"];
  assert.deepEqual(await order(await notice(3, third)), nothing, "older than what is known");
  assert.deepEqual(await order(await notice(5, "http://evil.test")), nothing);
  assert.deepEqual(await order(await notice(5, third, other.privateKey)), nothing);
  assert.deepEqual(await order(await notice(5, third, cell.privateKey, 900_000)), nothing);
  assert.deepEqual(await order("nonsense"), nothing);
});

Deno.test("ClusterClient believes an active cell's announcement, once it is true", async () => {
  const t = stage([notHere()], [ok()]);
  assert.equal(
    await t.client.announced(cluster, await notice(5, STANDBY, other.privateKey)),
    false,
  );
  assert.equal(t.client.answeredAt("E39"), undefined);
  assert.equal(await t.client.announced(cluster, await notice(5)), true);
  assert.equal(await t.client.announced(cluster, await notice(4, HOME)), false);
  assert.equal(t.client.addressOf(cluster), STANDBY);
  await t.call();
  assert.deepEqual(t.hosts(), ["standby"]);
});

Deno.test("ClusterClient believes no cell of an epoch older than one that has acted", async () => {
  const of = (epoch: number) => new Response("{}", { headers: { "antiphon-epoch": `${epoch}` } });
  const t = stage([of(7), of(7), of(8)], ["down", of(8)]);
  assert.equal((await t.call()).headers.get("antiphon-epoch"), "7");
  await t.client.announced(cluster, await notice(8));
  assert.equal((await t.call()).headers.get("antiphon-epoch"), "7", "a notice is a hint only");
  await t.client.announced(cluster, await notice(8));
  assert.equal((await t.call()).headers.get("antiphon-epoch"), "8");
  await t.client.announced(cluster, await notice(9, HOME));
  assert.equal((await t.call()).headers.get("antiphon-epoch"), "8");
});

Deno.test("ClusterClient says at once that a tenant lives elsewhere", async () => {
  const t = stage([problem("not_active", { clusterId: "C14" })], [ok()]);
  await assert.rejects(t.call(), { code: "cluster_unavailable" });
  assert.deepEqual(t.hosts(), ["home"]);
});

Deno.test("ClusterClient sends a change to the active cell only, and again only after a refusal", async () => {
  const health = { home: false, standby: true };
  const found = stage(["down"], [ok()], health);
  assert.equal((await found.call({ once: true })).status, 200);
  const sent = (t: typeof found) => t.asked.filter(({ path }) => path !== "/health");
  assert.deepEqual(sent(found).map(({ host }) => host), ["standby"]);

  const moving = stage([ok()], [notHere(), notHere(), ok()], { ...health });
  assert.equal((await moving.call({ once: true })).status, 200);
  assert.deepEqual(sent(moving).map(({ host }) => host), ["standby", "standby", "standby"]);

  const late = stage([ok()], ["silent"], { ...health });
  await assert.rejects(late.call({ once: true }), { code: "cluster_unavailable" });
  assert.equal(sent(late).length, 1);
  const lost = stage([ok()], ["down"], { ...health });
  await assert.rejects(lost.call({ once: true }), { code: "cluster_unavailable" });
  assert.equal(sent(lost).length, 1);
  const gateway = stage([ok()], [new Response("", { status: 504 })], { ...health });
  assert.equal((await gateway.call({ once: true })).status, 504);
});

Deno.test("ClusterClient looks for the active cell until there is one, within its budget", async () => {
  const health: Record<string, boolean> = { home: false, standby: false };
  const t = stage([ok()], [ok()], health);
  const answer = t.client.call(cluster, { ...request, once: true });
  await t.clock.pass(2_000);
  health.standby = true;
  await t.clock.pass(400);
  assert.equal((await answer).status, 200);
  const never = stage([ok()], [ok()], { home: false, standby: false });
  await assert.rejects(never.call({ once: true }), { code: "cluster_unavailable" });
  assert.equal(await t.clock.until(t.client.active(cluster)), true);
  assert.equal(await never.clock.until(never.client.active(cluster)), false);
});

Deno.test("ClusterClient waits for the beginning of a stream only", async () => {
  const t = stage([ok()], []);
  await t.call({ method: "GET", streams: true, timeoutMs: 1_000 });
  await t.clock.pass(60_000);
  assert.equal(t.asked[0].init.signal!.aborted, false, "the deadline has passed meanwhile");
  const silent = stage(["silent"], ["silent"]);
  await assert.rejects(silent.call({ method: "GET", streams: true, timeoutMs: 1_000 }), {
    code: "cluster_unavailable",
  });
  assert.equal(silent.aborted(), 2);
});
