import assert from "node:assert/strict";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import type { TestPartner } from "../testing/test_plane.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();
const post = (of: TestPartner, tenantId: string, body: unknown) =>
  plane().call("POST", `/v1/tenants/${tenantId}/numbers`, { token: of.token, body });

Deno.test("a tenant is given numbers and lists them", async () => {
  const partner = await plane().partner();
  const tenantId = await plane().tenant(partner);
  const made = await post(partner, tenantId, { number: "+4969900100" });
  assert.deepEqual([made.status, made.body], [201, { number: "+4969900100", tenantId }]);
  await post(partner, tenantId, { number: "+4969900101" });
  const path = `/v1/tenants/${tenantId}/numbers`;
  const { token } = partner;
  const list = await plane().call("GET", `${path}?limit=1`, { token });
  assert.deepEqual(list.body, {
    items: [{ number: "+4969900100", tenantId }],
    next: "+4969900100",
  });
  const rest = await plane().call("GET", `${path}?after=%2B4969900100`, { token });
  assert.deepEqual([rest.body.items.length, rest.body.next], [1, null]);
});

Deno.test("a number belongs to one tenant of the platform", async () => {
  const one = await plane().partner();
  const other = await plane().partner();
  const body = { number: "+12125550100" };
  assert.equal((await post(one, await plane().tenant(one), body)).status, 201);
  const taken = await post(other, await plane().tenant(other), body);
  assert.deepEqual([taken.status, taken.body.code, taken.body.data.field], [
    409,
    "conflict",
    "number",
  ]);
});

Deno.test("a number that is none is refused", async () => {
  const partner = await plane().partner();
  const tenantId = await plane().tenant(partner);
  for (const number of ["", "069900100", "+0123", "+49 69", "+1234567890123456", 49, null]) {
    const { status, body } = await post(partner, tenantId, { number });
    assert.deepEqual([status, body.errors[0].path], [422, "number"]);
  }
});

Deno.test("another partner's tenant takes no numbers and shows none", async () => {
  const tenantId = await plane().tenant(await plane().partner());
  const other = await plane().partner();
  assert.equal((await post(other, tenantId, { number: "+4930900200" })).status, 404);
  const path = `/v1/tenants/${tenantId}/numbers`;
  assert.equal((await plane().call("GET", path, { token: other.token })).status, 404);
});

refusesStrangers(plane, [
  ["POST", `/v1/tenants/${crypto.randomUUID()}/numbers`, "provisioning:write"],
  ["GET", `/v1/tenants/${crypto.randomUUID()}/numbers`, "provisioning:read"],
]);
