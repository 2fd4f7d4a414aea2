import assert from "node:assert/strict";
import fc from "fast-check";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { CHUNK_OVERHEAD } from "./chunk_cipher.ts";
import { RecordingKeys } from "./recording_keys.ts";
import { recordingPaths } from "./recording_paths.ts";
import { RecordingStore } from "./recording_store.ts";

const TENANT = "018f0000-0000-7000-8000-000000000001";
const ID = "018f0000-0000-7000-8000-0000000000e1";
const DAY = 86_400_000;
const NEW = {
  recordingId: ID,
  tenantId: TENANT,
  callId: "018f0000-0000-7000-8000-00000000000c",
  commandId: "c",
  kind: "message" as const,
  startedAt: 1,
};
const keys = new RecordingKeys(`k:${"A".repeat(43)}`);
const log = createLogger({ service: "test", write: () => {} });

async function room(mostBytes = 1e9) {
  const folder = await Deno.makeTempDir();
  const open = () => new RecordingStore({ folder, keys, mostBytes, log });
  return {
    folder,
    open,
    store: open(),
    paths: recordingPaths(folder, TENANT, ID),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

const second = (code: number, size = 8000) => new Uint8Array(size).fill(code);

async function wav(store: RecordingStore, from = 0, to?: number): Promise<Uint8Array> {
  const { length, stream } = await store.read(TENANT, ID);
  return await new Response(stream(from, to ?? length)).bytes();
}

Deno.test("a recording is read as it was written, whole or in part, and is not plain on disk", async () => {
  await using t = await room();
  const writer = t.store.begin(NEW, assert.ifError);
  const kept = [second(1), second(2), second(3, 320)];
  for (const chunk of kept) writer.append(chunk);
  await writer.flush();
  writer.change({ seconds: 2.04, outcome: "complete" });
  await writer.close();
  const whole = await wav(t.store);
  assert.equal(whole.length, 58 + 16_320);
  assert.deepEqual([whole[58], whole[8057], whole[8058], whole.at(-1)], [1, 1, 2, 3]);
  const disk = await Deno.readFile(t.paths.audio);
  assert.equal(t.store.bytes, disk.length);
  assert.ok(!disk.subarray(0, 8000).every((byte) => byte === 1));
  const range = fc.tuple(fc.nat(whole.length), fc.nat(whole.length));
  await fc.assert(
    fc.asyncProperty(range, async ([a, b]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      assert.deepEqual(await wav(t.store, from, to), whole.slice(from, to));
    }),
    { numRuns: 30 },
  );
});

Deno.test("a recording cut anywhere by a kill is readable again up to its last whole second", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(3 * 8016 + 160 + CHUNK_OVERHEAD), async (cut) => {
      await using t = await room();
      const writer = t.store.begin(NEW, assert.ifError);
      for (const chunk of [second(1), second(2), second(3), second(4, 160)]) writer.append(chunk);
      await writer.close();
      await Deno.truncate(t.paths.audio, cut);
      const next = t.open();
      const { repaired: [repaired] } = await next.takeStock();
      const whole = Math.floor(cut / 8016);
      const ends = cut === 3 * 8016 + 160 + CHUNK_OVERHEAD;
      assert.equal(repaired.outcome, "failed");
      assert.equal(repaired.seconds, whole + (ends ? 0.02 : 0));
      const file = await wav(next);
      assert.equal(file.length, 58 + whole * 8000 + (ends ? 160 : 0));
      const { buffer, byteOffset } = file;
      assert.equal(new DataView(buffer, byteOffset).getUint32(54, true), file.length - 58);
      const again = await next.takeStock();
      assert.deepEqual(again, { repaired: [], recent: [repaired] }, "repaired once");
    }),
    { numRuns: 25 },
  );
});

Deno.test("a recording whose process was killed before any audio is closed too", async () => {
  await using t = await room();
  const writer = t.store.begin(NEW, assert.ifError);
  await writer.close();
  await Deno.remove(t.paths.audio);
  const { repaired: [repaired] } = await t.open().takeStock();
  assert.equal(repaired.seconds, 0);
  assert.equal((await wav(t.open())).length, 58);
});

Deno.test("a recording of which nobody has the key stays as it is, and the others are repaired", async () => {
  await using t = await room();
  await t.store.begin(NEW, assert.ifError).close();
  const other = new RecordingKeys(`k:${"B".repeat(42)}A`);
  const blind = new RecordingStore({ folder: t.folder, keys: other, mostBytes: 1e9, log });
  assert.deepEqual((await blind.takeStock()).repaired, []);
  assert.equal((await t.open().takeStock()).repaired.length, 1);
});

Deno.test("a full store refuses new recordings and ends those under way, keeping what they have", async () => {
  await using t = await room(12_000);
  const failed = Promise.withResolvers<unknown>();
  const writer = t.store.begin(NEW, failed.resolve);
  writer.append(second(1));
  await writer.flush();
  writer.append(second(2));
  assert.match(String(await failed.promise), /no room/);
  assert.equal(writer.broken, true);
  writer.append(second(3));
  await writer.close();
  assert.throws(() => t.store.begin(NEW, assert.ifError), { code: "unavailable" });
  assert.equal(t.store.bytes, 2 * 8016);
});

Deno.test("a folder that cannot be written fails the recording and nothing else", async () => {
  await using t = await room();
  await Deno.writeTextFile(`${t.folder}/${TENANT}`, "a file where a folder should be");
  const failed = Promise.withResolvers<unknown>();
  const writer = t.store.begin(NEW, failed.resolve);
  writer.append(second(1));
  await failed.promise;
  writer.change({ seconds: 0 });
  await writer.close();
  assert.equal(writer.bytes, 0);
});

Deno.test("a disk that does not keep up fails the recording", async () => {
  await using t = await room();
  const failed = Promise.withResolvers<unknown>();
  const writer = t.store.begin(NEW, failed.resolve);
  for (let i = 0; i < 20; i++) writer.append(second(i));
  assert.match(String(await failed.promise), /keep up/);
  await writer.close();
});

Deno.test("a recording is deleted once it is closed, and when it is too old", async () => {
  await using t = await room();
  const at = parseInt(ID.replaceAll("-", "").slice(0, 12), 16);
  const writer = t.store.begin(NEW, assert.ifError);
  writer.append(second(1));
  await assert.rejects(t.store.remove(TENANT, ID), { code: "state_not_allowed" });
  await writer.close();
  t.store.ended(ID);
  assert.deepEqual(await t.store.expire(at), []);
  const [gone] = await t.store.expire(at + 2 * DAY);
  assert.equal(gone.recordingId, ID);
  assert.equal(t.store.bytes, 0);
  await assert.rejects(t.store.read(TENANT, ID), { code: "not_found" });
  assert.equal(await t.store.remove(TENANT, ID), null);
});

Deno.test("what was closed shortly before the end of a process is told again, older things not", async () => {
  await using t = await room();
  for (const [i, minutes] of [10, 9.5, 0].entries()) {
    const recordingId = ID.slice(0, -1) + i;
    const writer = t.store.begin({ ...NEW, recordingId }, assert.ifError);
    writer.change({ seconds: 1, outcome: "complete" });
    await writer.close();
    const { entry } = recordingPaths(t.folder, TENANT, recordingId);
    const at = new Date(Date.now() - minutes * 60_000);
    await Deno.utime(entry, at, at);
  }
  const { recent } = await t.open().takeStock();
  assert.deepEqual(recent.map(({ recordingId }) => recordingId), [ID.slice(0, -1) + "2"]);
});
