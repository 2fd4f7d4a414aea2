import assert from "node:assert/strict";
import { sampleConfiguration } from "../testing/sample_configuration.ts";
import { fetchConfiguration } from "./fetch_configuration.ts";

const question = {
  edgeId: "local",
  controlPlaneUrl: "http://cp.test",
  known: null,
  waitSeconds: 0,
};

function answering(answer: () => Response) {
  const asked: { url: string; headers: Headers }[] = [];
  const ports = {
    token: () => Promise.resolve("t"),
    fetch: (url: string, init: RequestInit) => {
      asked.push({ url, headers: new Headers(init.headers) });
      return Promise.resolve(answer());
    },
  };
  return { ports, asked };
}

Deno.test("fetchConfiguration() asks with token, version and waiting time", async () => {
  const { ports, asked } = answering(() => new Response(null, { status: 304 }));
  assert.equal(
    await fetchConfiguration({ ...question, known: "v7", waitSeconds: 20 }, ports),
    null,
  );
  assert.equal(asked[0].url, "http://cp.test/internal/edges/local/configuration?wait=20");
  assert.equal(asked[0].headers.get("if-none-match"), '"v7"');
  assert.equal(asked[0].headers.get("authorization"), "Bearer t");
});

Deno.test("fetchConfiguration() gives the snapshot as it came", async () => {
  const json = JSON.stringify(sampleConfiguration({ version: "v9" }));
  const { ports } = answering(() => new Response(json));
  assert.deepEqual(await fetchConfiguration(question, ports), { version: "v9", json });
});

Deno.test("fetchConfiguration() refuses what is broken or another edge's", async () => {
  for (const body of ["{", "{}", JSON.stringify(sampleConfiguration({ edgeId: "other" }))]) {
    const { ports } = answering(() => new Response(body));
    await assert.rejects(fetchConfiguration(question, ports), { code: "configuration_invalid" });
  }
  const { ports } = answering(() => new Response("no", { status: 500 }));
  await assert.rejects(fetchConfiguration(question, ports), { code: "unavailable" });
});
