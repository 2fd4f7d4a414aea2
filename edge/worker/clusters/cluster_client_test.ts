import assert from "node:assert/strict";
import { sampleConfiguration } from "../testing/sample_configuration.ts";
import { ClusterClient } from "./cluster_client.ts";

const [cluster] = sampleConfiguration().clusters;
const request = { method: "POST", path: "/internal/inbox", body: "{}", timeoutMs: 50 } as const;

function stage(answers: Record<string, () => Response | Promise<Response>>) {
  const asked: { url: string; headers: Headers }[] = [];
  const client = new ClusterClient({
    now: () => 5,
    token: (audience) => Promise.resolve(`for ${audience}`),
    fetch: async (url, init) => {
      asked.push({ url, headers: new Headers(init.headers) });
      return await answers[new URL(url).host]();
    },
  });
  return { client, asked, hosts: () => asked.map(({ url }) => new URL(url).host) };
}

Deno.test("ClusterClient follows a refusal to the standby and stays with it", async () => {
  const { client, asked, hosts } = stage({
    "e39-home.test": () => new Response("{}", { status: 421 }),
    "e39-standby.test": () => new Response("{}"),
  });
  assert.equal((await client.call(cluster, request)).status, 200);
  assert.equal((await client.call(cluster, request)).status, 200);
  assert.deepEqual(hosts(), ["e39-home.test", "e39-standby.test", "e39-standby.test"]);
  assert.equal(asked[0].headers.get("authorization"), "Bearer for cell:E39");
  assert.deepEqual([client.answeredAt("E39"), client.answeredAt("C14")], [5, undefined]);
});

Deno.test("ClusterClient hands through what the active cell says", async () => {
  const { client } = stage({
    "e39-home.test": () => Promise.reject(new TypeError("refused")),
    "e39-standby.test": () => new Response("{}", { status: 401 }),
  });
  assert.equal((await client.call(cluster, request)).status, 401);
});

Deno.test("ClusterClient says why nobody answered", async () => {
  const timeout = () => Promise.reject(new DOMException("late", "TimeoutError"));
  const { client } = stage({
    "e39-home.test": timeout,
    "e39-standby.test": () => new Response("", { status: 503 }),
  });
  await assert.rejects(client.call(cluster, request), {
    code: "cluster_unavailable",
    data: { clusterId: "E39", reasons: ["timeout", "503"], retryAfter: 2 },
  });
});

Deno.test("ClusterClient sends a person's own token where asked", async () => {
  const { client, asked } = stage({ "e39-home.test": () => new Response("{}") });
  await client.call(cluster, { ...request, headers: { authorization: "Bearer person" } });
  assert.equal(asked[0].headers.get("authorization"), "Bearer person");
});

Deno.test("ClusterClient asks nobody else once an answer to a change was lost", async () => {
  const change = { ...request, once: true };
  const late = stage({
    "e39-home.test": () => Promise.reject(new DOMException("late", "TimeoutError")),
    "e39-standby.test": () => new Response("{}"),
  });
  await assert.rejects(late.client.call(cluster, change), { code: "cluster_unavailable" });
  assert.deepEqual(late.hosts(), ["e39-home.test"]);
  const gateway = stage({ "e39-home.test": () => new Response("", { status: 504 }) });
  assert.equal((await gateway.client.call(cluster, change)).status, 504);
  const elsewhere = stage({
    "e39-home.test": () => new Response("{}", { status: 421 }),
    "e39-standby.test": () => new Response("{}"),
  });
  assert.equal((await elsewhere.client.call(cluster, change)).status, 200);
});

Deno.test("ClusterClient waits for the beginning of a stream only", async () => {
  let signal: AbortSignal | null | undefined;
  const client = new ClusterClient({
    now: () => 5,
    token: () => Promise.resolve("token"),
    fetch: (_, init) => {
      signal = init.signal;
      return Promise.resolve(new Response("{}"));
    },
  });
  await client.call(cluster, { ...request, method: "GET", streams: true, timeoutMs: 1 });
  const silent = new ClusterClient({
    ...client.ports,
    fetch: (_, init) =>
      new Promise((_resolve, reject) =>
        init.signal!.addEventListener("abort", () => reject(init.signal!.reason))
      ),
  });
  await assert.rejects(
    silent.call(cluster, { ...request, method: "GET", streams: true, timeoutMs: 1 }),
    { code: "cluster_unavailable" },
  );
  assert.equal(signal!.aborted, false, "a later deadline has passed meanwhile");
});
