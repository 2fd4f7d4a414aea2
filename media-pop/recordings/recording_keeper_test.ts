import assert from "node:assert/strict";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { RecordingKeeper } from "./recording_keeper.ts";
import { RecordingKeys } from "./recording_keys.ts";
import { RecordingStore } from "./recording_store.ts";

const TENANT = "018f0000-0000-7000-8000-000000000001";
const DAY = 86_400_000;
const log = createLogger({ service: "test", write: () => {} });
const keys = new RecordingKeys(`k:${"A".repeat(43)}`);

/** A store in which a process was killed that recorded a second, so many days ago. */
async function killed(daysAgo: number) {
  const folder = await Deno.makeTempDir();
  const open = () => new RecordingStore({ folder, keys, mostBytes: 1e9, log });
  const recordingId = uuidV7(() => Date.now() - daysAgo * DAY)();
  const writer = open().begin({
    ...{ recordingId, tenantId: TENANT, callId: uuidV7()(), commandId: "c", startedAt: 1 },
    kind: "message",
  }, assert.ifError);
  writer.append(new Uint8Array(8000));
  await writer.close();
  const told: CallEvent[] = [];
  const keeper = new RecordingKeeper({
    ...{ store: open(), days: 90, now: Date.now, log },
    tell: ({ tenantId }, event) => (assert.equal(tenantId, TENANT), told.push(event)),
  });
  return {
    ...{ keeper, told, recordingId },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

Deno.test("what a killed process left open is closed and told of", async () => {
  await using t = await killed(0);
  await t.keeper.start();
  await t.keeper.stop();
  assert.deepEqual(t.told, [{
    ...{ type: "call.recorded", recordingId: t.recordingId, commandId: "c", kind: "message" },
    ...{ startedAt: 1, pauses: [], seconds: 1, outcome: "failed" },
  }]);
  await t.keeper.remove(TENANT, t.recordingId);
  await t.keeper.remove(TENANT, t.recordingId);
  const gone = { recordingId: t.recordingId, kind: "message", state: "deleted" };
  assert.deepEqual(t.told.slice(1), [{ type: "recording.changed", ...gone }]);
});

Deno.test("what is older than its days is deleted at the start, and told of", async () => {
  await using t = await killed(92);
  await t.keeper.start();
  await t.keeper.stop();
  assert.deepEqual(t.told.map(({ type }) => type), ["call.recorded", "recording.changed"]);
});
