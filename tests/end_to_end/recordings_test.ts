import assert from "node:assert/strict";
import { MU_LAW_TABLES } from "../../protocol/audio/mu_law_tables.ts";
import type { Recording } from "../../protocol/recording/recording.ts";
import { readTone } from "../audio/tone.ts";
import { until } from "../peers/until.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { accessToken, caller, interactions } from "../story/stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({});
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

/** What one channel of a recording holds. */
function toneOf(wav: Uint8Array, channel: number, channels: number) {
  const codes = wav.subarray(58).filter((_, i) => i % channels === channel);
  return readTone(Float32Array.from(codes, (code) => MU_LAW_TABLES.decode[code] / 32768), 8000);
}

Deno.test("a caller leaves a message and hangs up; a supervisor hears it and deletes it", async () => {
  const api = await TenantApi.signOn(stage);
  await api.change("/configuration/flows/phone-menu", (flow) => {
    flow.start = "tape";
    flow.activities = {
      tape: { type: "record", action: "start", next: "message" },
      message: { type: "voicemail", maxSeconds: 60, next: "bye" },
      bye: { type: "hang-up" },
    };
  });
  await using phone = await caller(stage);
  await phone.dial(stage.number, stage.carrierSip);
  await phone.event("CALL_ESTABLISHED");
  const { id } = await until(
    "a message that is left",
    async () =>
      (await interactions(stage)).find((it) => it.state !== "ended" && it.recordings.length === 2),
  );
  const from = Date.now();
  await until("some seconds of it", () => Promise.resolve(Date.now() - from > 4000));
  await phone.hangUp();

  const recordings = await until("both recordings", async () => {
    const { body } = await api.ask("GET", `/recordings?interactionId=${id}`);
    const items: Recording[] = body.items;
    return items.length === 2 && items.every(({ outcome }) => outcome !== null) && items;
  });
  const message = recordings.find(({ kind }) => kind === "message")!;
  const whole = recordings.find(({ kind }) => kind === "call")!;
  assert.deepEqual([message.outcome, whole.outcome], ["hung-up", "complete"]);
  assert.ok(message.seconds! > 2 && whole.seconds! > message.seconds!);

  const audio = async (recording: Recording, token: string) =>
    await fetch(`${stage.edgeUrl}/v1/recordings/${recording.id}/audio`, {
      headers: { authorization: `Bearer ${token}` },
    });
  const heard = await (await audio(message, api.token)).bytes();
  assert.equal(heard.length, 58 + Math.round(message.seconds! * 8000));
  assert.equal(toneOf(heard, 0, 1).hz, 440);
  assert.equal(toneOf(await (await audio(whole, api.token)).bytes(), 0, 2).hz, 440);
  const refused = await audio(message, await accessToken(stage));
  assert.equal(refused.status, 403);
  await refused.body?.cancel();

  assert.equal((await api.ask("DELETE", `/recordings/${message.id}`)).status, 204);
  assert.ok((await api.ask("GET", `/recordings/${message.id}`)).body.deletedAt > 0);
  const record = await until("the record of the call", async () => {
    const { body } = await api.ask("GET", `/interactions/${id}`);
    return body.state === "ended" && body;
  });
  assert.equal(record.endCause, "caller-hung-up");
  assert.deepEqual(record.variables.recordingId, message.id);
});
