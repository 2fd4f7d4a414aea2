import assert from "node:assert/strict";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { forgetExpired } from "./forget_expired.ts";

const plane = useTestPlane();
const DAY = 24 * 3600_000;

Deno.test("a repeat gets the first answer and changes nothing", async () => {
  const { token } = await plane().partner();
  const body = { slug: "once", name: "Once" };
  const first = await plane().call("POST", "/v1/tenants", { token, body, key: "a" });
  const reordered = { name: "Once", slug: "once" };
  const second = await plane().call("POST", "/v1/tenants", { token, body: reordered, key: "a" });
  assert.deepEqual([second.status, second.body], [201, first.body]);
  assert.equal(first.headers.get("idempotency-replayed"), null);
  assert.equal(second.headers.get("idempotency-replayed"), "true");
  assert.equal(second.headers.get("location"), first.headers.get("location"));
  const { count } = await plane().context.db.selectFrom("control.audit")
    .where("subject", "=", first.body.id).select((q) => q.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  assert.equal(Number(count), 1);
});

Deno.test("a key is for one request: another body or path is refused", async () => {
  const partner = await plane().partner();
  const { token } = partner;
  const tenantId = await plane().tenant(partner);
  const numbers = `/v1/tenants/${tenantId}/numbers`;
  const body = { number: "+4969900300" };
  await plane().call("POST", numbers, { token, body, key: "b" });
  const others: [string, unknown][] = [
    [numbers, { number: "+4969900301" }],
    [`/v1/tenants/${await plane().tenant(partner)}/numbers`, body],
    ["/v1/tenants", { slug: "other", name: "x" }],
  ];
  for (const [path, body] of others) {
    const { status, ...answer } = await plane().call("POST", path, { token, body, key: "b" });
    assert.deepEqual([status, answer.body.code], [422, "idempotency_key_reused"]);
  }
});

Deno.test("of many at once with one key, one does the work and all get its answer", async () => {
  const { token } = await plane().partner();
  const body = { slug: "race", name: "Race" };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => plane().call("POST", "/v1/tenants", { token, body, key: "c" })),
  );
  assert.deepEqual(answers.map(({ status }) => status), Array(8).fill(201));
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
  const fresh = answers.filter(({ headers }) => headers.get("idempotency-replayed") === null);
  assert.equal(fresh.length, 1);
});

Deno.test("a request that failed may be sent again with its key", async () => {
  const { token } = await plane().partner();
  const failed = { slug: "again", name: "x", region: "mars" };
  const first = await plane().call("POST", "/v1/tenants", { token, body: failed, key: "d" });
  assert.equal(first.status, 422);
  const body = { slug: "again", name: "x" };
  const second = await plane().call("POST", "/v1/tenants", { token, body, key: "d" });
  assert.equal(second.status, 201);
});

Deno.test("keys of two clients have nothing to do with each other", async () => {
  const [one, other] = [await plane().partner(), await plane().partner()];
  for (const [{ token }, slug] of [[one, "of-one"], [other, "of-other"]] as const) {
    const body = { slug, name: "x" };
    const { status } = await plane().call("POST", "/v1/tenants", { token, body, key: "e" });
    assert.equal(status, 201);
  }
});

Deno.test("a key is forgotten after a day", async () => {
  const partner = await plane().partner();
  const send = async (slug: string) => {
    const token = await plane().token(partner.clientId, partner.clientSecret);
    return await plane().call("POST", "/v1/tenants", {
      token,
      body: { slug, name: "x" },
      key: "f",
    });
  };
  assert.equal((await send("day-one")).status, 201);
  assert.equal((await send("day-two")).status, 422);
  plane().clock.at += DAY;
  try {
    assert.equal((await send("day-two")).status, 201);
    plane().clock.at += DAY;
    assert.ok(await forgetExpired(plane().context) >= 1);
    assert.equal(await forgetExpired(plane().context), 0);
  } finally {
    plane().clock.at -= 2 * DAY;
  }
});

Deno.test("a key that is no key is refused", async () => {
  const { token } = await plane().partner();
  const body = { slug: "bad-key", name: "x" };
  for (const key of ["", "with space", "x".repeat(256)]) {
    const answer = await plane().call("POST", "/v1/tenants", { token, body, key });
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, "idempotency-key"]);
  }
});
