import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { SealKey } from "../../protocol/pop_link/seal_key.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { cellTestDatabase } from "../testing/cell_test_database.ts";
import { openText } from "./open_text.ts";
import { sealText } from "./seal_text.ts";
import { createSealer } from "./sealer.ts";
import { TenantKeys } from "./tenant_keys.ts";

const CARD = "4000056655665556";
const newId = uuidV7();
let database: Awaited<ReturnType<typeof cellTestDatabase>>;
let sealer: ReturnType<typeof createSealer>;
const keys = () => new TenantKeys({ db: database.db, sealer, now: Date.now });

Deno.test.beforeAll(async () => {
  database = await cellTestDatabase();
  sealer = createSealer(randomBytes(32).toString("base64url"));
});
Deno.test.afterAll(() => database.close());

Deno.test("a tenant's key is made once, also by several at once, and its private part is sealed", async () => {
  const tenantId = newId();
  const [a, b] = await Promise.all([keys().current(tenantId), keys().current(tenantId)]);
  assert.deepEqual(a, b);
  assert.equal(a.keyId, `tenant:${tenantId}:1`);
  assert.deepEqual(SealKey.parse(a), a);
  assert.ok(!("d" in a.jwk));
  const rows = await database.db.selectFrom("cell.tenant_keys").selectAll()
    .where("tenant_id", "=", tenantId).execute();
  const [{ private_key }] = rows;
  assert.equal(rows.length, 1);
  assert.doesNotMatch(JSON.stringify(rows), /"d"/);
  assert.match(await sealer.open(private_key), /"d":/);
});

Deno.test("what is sealed opens again, also after the key was rotated", async () => {
  const [tenantId, tenantKeys] = [newId(), keys()];
  const before = await tenantKeys.seal(tenantId, CARD);
  assert.doesNotMatch(before, new RegExp(CARD));
  const { keyId } = await tenantKeys.rotate(tenantId);
  assert.equal(keyId, `tenant:${tenantId}:2`);
  const after = await tenantKeys.seal(tenantId, CARD);
  for (const sealed of [before, after]) assert.equal(await keys().open(tenantId, sealed), CARD);
  assert.equal(
    await sealText(await tenantKeys.current(tenantId), "x").then((s) => keys().open(tenantId, s)),
    "x",
  );
});

Deno.test("nothing opens for another tenant, or when it was changed", async () => {
  const [tenantId, other, tenantKeys] = [newId(), newId(), keys()];
  const sealed = await tenantKeys.seal(tenantId, CARD);
  await tenantKeys.current(other);
  const unreadable = { code: "sealed_unreadable" };
  await assert.rejects(tenantKeys.open(other, sealed), unreadable);
  for (const broken of [CARD, "", "a.b.c.d.e", sealed.slice(0, -2), "x".repeat(99_999)]) {
    await assert.rejects(tenantKeys.open(tenantId, broken), unreadable);
  }
  const unknown = { ...await tenantKeys.current(tenantId), keyId: `tenant:${tenantId}:99` };
  await assert.rejects(tenantKeys.open(tenantId, await sealText(unknown, CARD)), unreadable);
  const noPoint = {
    keyId: "k",
    jwk: { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) },
  } as const;
  await assert.rejects(sealText(noPoint, CARD), { code: "configuration_invalid" });
});

Deno.test("any text comes back as it was", async () => {
  const [tenantId, tenantKeys] = [newId(), keys()];
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      assert.equal(await tenantKeys.open(tenantId, await tenantKeys.seal(tenantId, text)), text);
    }),
    { numRuns: 30 },
  );
});

Deno.test("keys that cannot be read just now do not make a value unreadable", async () => {
  const tenantId = newId();
  const sealed = await keys().seal(tenantId, CARD);
  const down = new Error("The database is away");
  await assert.rejects(openText(() => Promise.reject(down), sealed), down);
});
