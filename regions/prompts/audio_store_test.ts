import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { createSealer } from "../secrets/sealer.ts";
import { useTestCell } from "../testing/use_test_cell.ts";
import { audioStore } from "./audio_store.ts";
import { forgetAudio, KEEP_UNUSED_MS } from "./forget_audio.ts";

const cell = useTestCell();
const newId = uuidV7();
const sealer = createSealer(Buffer.alloc(32, 7).toString("base64url"));
const hashOf = (digit: string) => digit.repeat(64);
const store = (most?: number) => audioStore(cell().database.db, sealer, () => 5, most);

Deno.test("audioStore() keeps audio whole, once, sealed, and apart for each tenant", async () => {
  const [a, b] = [newId(), newId()];
  const codes = Uint8Array.from({ length: 4_800_000 }, (_, i) => i % 256);
  const { put, get, has } = store();
  assert.deepEqual([await has(a, hashOf("a")), await get(a, hashOf("a"))], [false, null]);
  await Promise.all([put(a, hashOf("a"), codes), put(a, hashOf("a"), codes)]);
  await put(a, hashOf("a"), codes);
  assert.equal(await has(a, hashOf("a")), true);
  assert.deepEqual(await get(a, hashOf("a")), codes);
  assert.deepEqual([await has(b, hashOf("a")), await get(b, hashOf("a"))], [false, null]);
  const rows = await cell().database.db.selectFrom("cell.audio").select(["bytes", "sealed"])
    .where("tenant_id", "=", a).execute();
  assert.deepEqual(rows.map(({ bytes }) => bytes), [codes.length]);
  assert.equal(Buffer.from(rows[0].sealed).includes(Buffer.from(codes.subarray(0, 64))), false);
});

Deno.test("audio that was moved to another tenant in the database does not open there", async () => {
  const [a, b] = [newId(), newId()];
  await store().put(a, hashOf("b"), new Uint8Array(10));
  await cell().database.db.updateTable("cell.audio").set({ tenant_id: b })
    .where("tenant_id", "=", a).execute();
  await assert.rejects(store().get(b, hashOf("b")), { code: "sealed_unreadable" });
});

Deno.test("a tenant may have so much audio and no more", async () => {
  const [tenant, other] = [newId(), newId()];
  const { put } = store(100);
  await put(tenant, hashOf("1"), new Uint8Array(60));
  await assert.rejects(put(tenant, hashOf("2"), new Uint8Array(41)), { code: "payload_too_large" });
  await put(tenant, hashOf("3"), new Uint8Array(40));
  // What is there already takes no more room.
  await put(tenant, hashOf("1"), new Uint8Array(60));
  await put(other, hashOf("2"), new Uint8Array(100));
});

Deno.test("audio goes a month after the last prompt that named it, and not before", async () => {
  const tenantId = await cell().tenant();
  const { db } = cell().database;
  const { put, has } = store();
  const [used, unused] = [hashOf("c"), hashOf("d")];
  for (const hash of [used, unused]) await put(tenantId, hash, new Uint8Array(8000));
  const prompt = (hashes: string[]) => ({
    ...{ id: "hours", name: "Hours" },
    audio: hashes.map((hash, i) => ({ language: i ? "de" : null, hash, seconds: 1, bytes: 8000 })),
  });
  const token = await cell().token(tenantId);
  const path = "/v1/configuration/prompts";
  const made = await cell().call("POST", path, { token, body: prompt([used]) });
  assert.equal(made.status, 201, made.text);
  const day = 86_400_000;
  const start = 1_000_000;
  await forgetAudio(db, start);
  await forgetAudio(db, start + KEEP_UNUSED_MS);
  assert.deepEqual([await has(tenantId, used), await has(tenantId, unused)], [true, true]);
  // Named again, and then no more: its month begins anew.
  const put2 = (hashes: string[]) =>
    cell().call("PUT", `${path}/hours`, {
      ...{ token, body: prompt(hashes), headers: { "if-match": "*" } },
    });
  assert.equal((await put2([used, unused])).status, 200);
  await forgetAudio(db, start + KEEP_UNUSED_MS + day);
  assert.equal((await put2([used])).status, 200);
  const gone = start + KEEP_UNUSED_MS + 2 * day;
  await forgetAudio(db, gone);
  await forgetAudio(db, gone + KEEP_UNUSED_MS);
  assert.equal(await has(tenantId, unused), true);
  assert.ok(await forgetAudio(db, gone + KEEP_UNUSED_MS + 1) >= 1);
  assert.deepEqual([await has(tenantId, used), await has(tenantId, unused)], [true, false]);
});

Deno.test("audio that is uploaded again is kept as if it were new", async () => {
  const tenantId = newId();
  const { put, has } = store();
  const { db } = cell().database;
  await put(tenantId, hashOf("e"), new Uint8Array(10));
  await forgetAudio(db, 1_000_000);
  await put(tenantId, hashOf("e"), new Uint8Array(10));
  await forgetAudio(db, 1_000_001 + KEEP_UNUSED_MS);
  assert.equal(await has(tenantId, hashOf("e")), true);
});
