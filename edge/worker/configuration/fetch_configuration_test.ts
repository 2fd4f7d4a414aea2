import assert from "node:assert/strict";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { PinnedKeys } from "../../../protocol/snapshot_signature/pinned_keys.ts";
import { signSnapshot } from "../../../protocol/snapshot_signature/sign_snapshot.ts";
import { SNAPSHOT_HEADER } from "../../../protocol/snapshot_signature/snapshot_claims.ts";
import { sampleConfiguration } from "../testing/sample_configuration.ts";
import { fetchConfiguration } from "./fetch_configuration.ts";

const plane = await generateServiceKey("control-plane", "k1");
const stranger = await generateServiceKey("control-plane", "k1");

/** An answer of the control plane. */
async function signed(body: string, more: { key?: typeof plane; service?: string } = {}) {
  const { key = plane, service = "edge:local" } = more;
  const { version } = sampleConfiguration();
  const snapshot = { service, version, sequence: 7, body };
  const signature = await signSnapshot(snapshot, key.privateKey);
  return (text = body) => new Response(text, { headers: { [SNAPSHOT_HEADER]: signature } });
}

const question = {
  keys: PinnedKeys.parse([plane.publicKey]),
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

Deno.test("fetchConfiguration() gives the snapshot as it came, and whose it is", async () => {
  const json = JSON.stringify(sampleConfiguration());
  const answer = await signed(json);
  const { ports } = answering(() => answer());
  const { version } = sampleConfiguration();
  assert.deepEqual(await fetchConfiguration(question, ports), {
    ...{ version, json, sequence: 7, kid: "k1" },
  });
});

Deno.test("fetchConfiguration() refuses what does not fit or is another edge's", async () => {
  for (
    const body of [
      "{",
      "{}",
      JSON.stringify(sampleConfiguration({ edgeId: "other" })),
      JSON.stringify(sampleConfiguration({ version: "another" })),
    ]
  ) {
    const answer = await signed(body);
    const { ports } = answering(() => answer());
    await assert.rejects(fetchConfiguration(question, ports), { code: "configuration_invalid" });
  }
  const { ports } = answering(() => new Response("no", { status: 500 }));
  await assert.rejects(fetchConfiguration(question, ports), { code: "unavailable" });
});

Deno.test("fetchConfiguration() refuses a snapshot that is forged, cut, unsigned or for another", async () => {
  const json = JSON.stringify(sampleConfiguration());
  const good = await signed(json);
  const forged = await signed(json, { key: stranger });
  const others = await signed(json, { service: "edge:other" });
  const answers = [
    () => good(json.slice(0, -1)),
    () => good(json.replace("acme", "evil")),
    () => forged(),
    () => others(),
    () => new Response(json),
  ];
  for (const answer of answers) {
    const { ports } = answering(answer);
    await assert.rejects(fetchConfiguration(question, ports), { code: "signature_mismatch" });
  }
});
