import assert from "node:assert/strict";
import { hashPassword, verifyPassword } from "./password_hash.ts";

Deno.test("verifyPassword() takes the right password only, and never a missing hash", async () => {
  const hash = await hashPassword("korrekt pferd");
  assert.match(hash, /^scrypt\$16384\$8\$5\$/);
  assert.equal(await verifyPassword("korrekt pferd", hash), true);
  assert.equal(await verifyPassword("korrekt Pferd", hash), false);
  assert.equal(await verifyPassword("korrekt pferd", undefined), false);
});

Deno.test("hashPassword() salts", async () => {
  assert.notEqual(await hashPassword("same password"), await hashPassword("same password"));
});
