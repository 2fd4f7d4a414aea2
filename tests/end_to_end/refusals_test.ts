import assert from "node:assert/strict";
import { sipp } from "../peers/sipp.ts";
import { until } from "../peers/until.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { otherTenantsToken } from "../story/other_tenant.ts";
import { accessToken, interactions } from "../story/stage.ts";

let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({ trunkCalls: 1 });
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

const good = () => ({
  to: stage.loopbackSip,
  number: stage.number,
  localAddress: "127.0.0.1",
});
const refused = (counter: string) =>
  until(`the counter of ${counter}`, async () => {
    const text = await (await fetch(`${stage.popUrls.FRA}/metrics`)).text();
    return text.includes(`antiphon_calls_refused_total{reason="${counter}"`) && text;
  });

for (const transport of ["udp", "tcp"] as const) {
  Deno.test(`a SIPp caller over ${transport} is answered, treated and hung up`, async () => {
    const result = await sipp({
      ...good(),
      transport,
      digit: { digit: "2", afterMs: 800 },
      hangUpAfterMs: 1500,
    });
    assert.equal(result.code, 0, result.errors);
    const record = await until("the record of the call", async () => {
      const records = await interactions(stage);
      return records.find((it) => it.legs[0].transport === `sip-${transport}`);
    });
    assert.equal(record.queueId, "support");
    assert.equal(record.variables.choice, "2");
  });
}

Deno.test("a SIPp caller who hangs up right after the answer leaves nothing behind", async () => {
  const result = await sipp({ ...good(), hangUpAfterMs: 0 });
  assert.equal(result.code, 0, result.errors);
  await until("no live call", async () => {
    return (await interactions(stage)).every((it) => it.state === "ended");
  });
});

Deno.test("an INVITE from an unknown address is refused with 403 and counted", async () => {
  const result = await sipp({ ...good(), localAddress: "127.9.9.9", refusal: 403 });
  assert.equal(result.code, 0, result.errors);
  await refused("unknown_source");
});

Deno.test("an INVITE to an unknown number is refused with 404", async () => {
  const result = await sipp({ ...good(), number: "+4969900999", refusal: 404 });
  assert.equal(result.code, 0, result.errors);
  await refused("unknown_number");
});

Deno.test("an INVITE without a common codec is refused with 488", async () => {
  const result = await sipp({ ...good(), codecs: "a=rtpmap:18 G729/8000", refusal: 488 });
  assert.equal(result.code, 0, result.errors);
  await refused("no_common_codec");
});

Deno.test("a call over the trunk's capacity is refused with 503 and told when to come back", async () => {
  const first = sipp({ ...good(), hangUpAfterMs: 4000 });
  await until("the first call", async () => {
    return (await interactions(stage)).some((it) => it.state !== "ended");
  });
  const second = await sipp({ ...good(), refusal: 503, refusalHeader: "Retry-After" });
  assert.equal(second.code, 0, second.errors);
  assert.equal((await first).code, 0);
  await refused("max_calls");
});

Deno.test("malformed SIP is answered with 400 or dropped, and the PoP goes on", async () => {
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const [hostname, port] = stage.loopbackSip.split(":");
  const to = { transport: "udp" as const, hostname, port: Number(port) };
  const { port: own } = socket.addr as Deno.NetAddr;
  const send = (text: string) => socket.send(new TextEncoder().encode(text), to);
  await send("\0\xff not SIP at all");
  await send("INVITE");
  await send(
    `INVITE sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bKbad1;rport\r\n` +
      "From: <sip:a@b>;tag=1\r\nTo: <sip:x@b>\r\nCall-ID: bad1\r\nCSeq: nonsense INVITE\r\n" +
      "Content-Length: 0\r\n\r\n",
  );
  const [bytes] = await socket.receive();
  socket.close();
  assert.match(new TextDecoder().decode(bytes), /^SIP\/2\.0 400 /);
  const after = await sipp({ ...good(), hangUpAfterMs: 300 });
  assert.equal(after.code, 0, after.errors);
});

Deno.test("a webhook with a wrong signature is refused and nothing is stored", async () => {
  const { provider } = stage;
  const response = await provider.post(provider.webhook("4915100009", "Let me in"), "wrong");
  assert.equal(response.status, 401);
  assert.equal((await response.json()).code, "signature_mismatch");
  const stored = (await interactions(stage)).filter((it) => it.contact === "4915100009");
  assert.deepEqual(stored, []);
});

Deno.test("an oversized webhook is refused with 413", async () => {
  const response = await stage.provider.post("x".repeat(2 << 20));
  assert.equal(response.status, 413);
  await response.body?.cancel();
});

Deno.test("the partner API names every bad field", async () => {
  const response = await fetch(`${stage.controlPlaneUrl}/v1/tenants`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await stage.partnerToken()}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify({ slug: "Not A Slug", name: "" }),
  });
  assert.equal(response.status, 422);
  assert.match(response.headers.get("content-type") ?? "", /application\/problem\+json/);
  const paths = (await response.json()).errors.map((e: { path: string }) => e.path);
  assert.ok(paths.includes("slug") && paths.includes("name"), String(paths));
});

Deno.test("a token that is no longer good is refused with 401", async () => {
  const token = await accessToken(stage);
  const [head, body] = token.split(".");
  const response = await fetch(`${stage.edgeUrl}/v1/interactions`, {
    headers: { authorization: `Bearer ${head}.${body}.${"A".repeat(86)}` },
  });
  assert.equal(response.status, 401);
  await response.body?.cancel();
});

Deno.test("another tenant's interaction and an unknown one are both 404", async () => {
  const [ours] = await interactions(stage);
  const stranger = await otherTenantsToken(stage);
  for (const id of [ours.id, crypto.randomUUID()]) {
    const response = await fetch(`${stage.edgeUrl}/v1/interactions/${id}`, {
      headers: { authorization: `Bearer ${stranger}` },
    });
    assert.equal(response.status, 404);
    assert.equal((await response.json()).code, "not_found");
  }
  const listed = await fetch(`${stage.edgeUrl}/v1/interactions`, {
    headers: { authorization: `Bearer ${stranger}` },
  });
  assert.deepEqual(await listed.json(), { items: [] });
});

Deno.test("another partner's tenant and an unknown one are both 404", async () => {
  const headers = { authorization: `Bearer ${await stage.partnerToken()}` };
  const response = await fetch(
    `${stage.controlPlaneUrl}/v1/tenants/01890a5d-ac96-774b-bcce-b302099a8057`,
    { headers },
  );
  assert.equal(response.status, 404);
  await response.body?.cancel();
});
