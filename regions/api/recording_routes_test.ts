import assert from "node:assert/strict";
import type { z } from "zod";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { NUMBER } from "../testing/tenant_harness.ts";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();
const newId = uuidV7();
const WAV = "RIFF and so on";

/** A stand-in for the PoP FRA's recordings, and a tenant that has a call there. */
async function stage() {
  const asked: { method: string; path: string; token: boolean; range: string | null }[] = [];
  const pop = { status: 200 };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { method, headers } = request;
    const token = headers.get("authorization")?.startsWith("Bearer ey") ?? false;
    const range = headers.get("range");
    asked.push({ method, path: new URL(request.url).pathname, token, range });
    if (pop.status >= 400) return new Response("{}", { status: pop.status });
    if (method === "DELETE") return new Response(null, { status: 204 });
    const part = range ? { status: 206, headers: { "content-range": "bytes 0-3/14" } } : {};
    return new Response(range ? WAV.slice(0, 4) : WAV, part);
  });
  const { db } = cell().database;
  const url = `http://127.0.0.1:${server.addr.port}`;
  await db.insertInto("cfg.pops")
    .values({ id: "FRA", name: "Frankfurt", region: "eu-central", url, sip: [] })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ url })).execute();
  const tenantId = await cell().tenant();
  await cell().cell.placement.refresh();
  const runner = (await cell().cell.tenants.get(tenantId))!;
  const callId = newId();
  const told = async (event: z.input<typeof CallEvent>) => {
    await runner.submit({
      ...{ type: "call-event", popId: "FRA", callId },
      event: CallEvent.parse(event),
    });
  };
  const call = { legId: newId(), trunkId: newId(), transport: "sip-udp" as const };
  await told({ type: "call.offered", ...call, from: "+49301", to: NUMBER });
  const recordingId = newId();
  const recording = { recordingId, kind: "call" as const };
  await told({ type: "recording.changed", ...recording, state: "started" });
  const end = async (outcome: "complete" | "empty" = "complete") =>
    await told({
      ...{ type: "call.recorded", commandId: "c", ...recording, startedAt: 1000 },
      ...{ seconds: 12.5, outcome, pauses: [{ from: 1, to: 2 }] },
    });
  const ask = async (method: string, path: string, role: "supervisor" | "agent" = "supervisor") =>
    await cell().call(method, `/v1/recordings${path}`, {
      token: await cell().token(tenantId, role),
    });
  const audit = () =>
    db.selectFrom("cell.events").select("body").where("tenant_id", "=", tenantId).execute()
      .then((rows) =>
        rows.flatMap(({ body }) =>
          body.type === "recording.accessed" ? [[body.action, body.by]] : []
        )
      );
  return {
    ...{ asked, pop, tenantId, callId, recordingId, recording, told, end, ask, audit },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("a recording is in the index from its start, with its facts from its end", async () => {
  await using t = await stage();
  const [started] = (await t.ask("GET", `?interactionId=${t.callId}`)).body.items;
  assert.deepEqual([started.id, started.seconds, started.outcome], [t.recordingId, null, null]);
  await t.end();
  const { body } = await t.ask("GET", `/${t.recordingId}`);
  assert.deepEqual(body, {
    ...{ id: t.recordingId, interactionId: t.callId, popId: "FRA", kind: "call" },
    ...{ startedAt: 1000, seconds: 12.5, outcome: "complete", pauses: [{ from: 1, to: 2 }] },
    deletedAt: null,
  });
  const all = (await t.ask("GET", "")).body.items;
  assert.equal(all.length, 1);
  const none = (await t.ask("GET", `?interactionId=${newId()}`)).body.items;
  assert.deepEqual(none, []);
  const record = await cell().call("GET", `/v1/interactions/${t.callId}`, {
    token: await cell().token(t.tenantId),
  });
  assert.equal(record.body.recordings[0].seconds, 12.5);
});

Deno.test("a recording's audio comes from its PoP, whole or in part, and who listens is logged", async () => {
  await using t = await stage();
  await t.end();
  const whole = await t.ask("GET", `/${t.recordingId}/audio`);
  assert.deepEqual([whole.status, whole.text], [200, WAV]);
  const part = await cell().call("GET", `/v1/recordings/${t.recordingId}/audio`, {
    token: await cell().token(t.tenantId, "supervisor"),
    headers: { range: "bytes=0-3" },
  });
  assert.deepEqual([part.status, part.text], [206, "RIFF"]);
  assert.equal(part.headers.get("content-range"), "bytes 0-3/14");
  const path = `/recordings/${t.tenantId}/${t.recordingId}`;
  assert.deepEqual(t.asked, [
    { method: "GET", path, token: true, range: null },
    { method: "GET", path, token: true, range: "bytes=0-3" },
  ]);
  assert.deepEqual(await t.audit(), [["played", "anna"], ["played", "anna"]]);
});

Deno.test("agents hear recordings only of what they have; other tenants see nothing", async () => {
  await using t = await stage();
  await t.end();
  for (const path of ["", `/${t.recordingId}`, `/${t.recordingId}/audio`]) {
    assert.equal((await t.ask("GET", path, "agent")).status, 403, path);
  }
  assert.equal((await t.ask("DELETE", `/${t.recordingId}`, "agent")).status, 403);
  const other = await cell().token(await cell().tenant(), "admin");
  const answer = await cell().call("GET", `/v1/recordings/${t.recordingId}`, { token: other });
  assert.equal(answer.status, 404);
  assert.equal((await t.ask("GET", "/nothing")).status, 404);
  assert.deepEqual(t.asked, []);
  assert.deepEqual(await t.audit(), []);
});

Deno.test("a deleted recording stays in the index without its audio", async () => {
  await using t = await stage();
  await t.end();
  assert.equal((await t.ask("DELETE", `/${t.recordingId}`)).status, 204);
  const { body } = await t.ask("GET", `/${t.recordingId}`);
  assert.ok(body.deletedAt > 0);
  await t.told({ type: "recording.changed", ...t.recording, state: "deleted" });
  assert.equal((await t.ask("GET", `/${t.recordingId}`)).body.deletedAt, body.deletedAt);
  assert.equal((await t.ask("GET", `/${t.recordingId}/audio`)).status, 404);
  assert.deepEqual(await t.audit(), [["deleted", "anna"]]);
});

Deno.test("an empty message has no audio", async () => {
  await using t = await stage();
  await t.end("empty");
  assert.ok((await t.ask("GET", `/${t.recordingId}`)).body.deletedAt > 0);
});

Deno.test("a PoP that refuses or is away is told as it is", async () => {
  await using t = await stage();
  await t.end();
  for (const [from, to] of [[404, 404], [409, 409], [416, 416], [403, 503], [500, 503]]) {
    t.pop.status = from;
    assert.equal((await t.ask("GET", `/${t.recordingId}/audio`)).status, to);
    assert.equal((await t.ask("DELETE", `/${t.recordingId}`)).status, to);
  }
  assert.deepEqual(await t.audit(), []);
});
