import assert from "node:assert/strict";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { CreatedPartner } from "./partner.ts";

const plane = useTestPlane();

Deno.test("the operator makes a partner, whose secret is kept as a hash only", async () => {
  const token = await plane().operatorToken();
  const made = await plane().call("POST", "/v1/partners", {
    token,
    body: { name: "Acme" },
    key: "k",
  });
  assert.equal(made.status, 201);
  const { clientId, clientSecret } = CreatedPartner.parse(made.body);
  assert.ok(await plane().token(clientId, clientSecret));
  for (const table of ["control.clients", "control.audit", "control.idempotency"]) {
    const rows = await plane().database.sql`select * from ${plane().database.sql(table)}`;
    assert.ok(rows.length > 0);
    assert.ok(!JSON.stringify(rows).includes(clientSecret), table);
  }
});

Deno.test("a repeat with the same key shows the same secret once more", async () => {
  const token = await plane().operatorToken();
  const call = () =>
    plane().call("POST", "/v1/partners", { token, body: { name: "Twice" }, key: "twice" });
  const [first, second] = [await call(), await call()];
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers.get("idempotency-replayed"), "true");
});

Deno.test("a partner's name is needed, and a partner makes no partners", async () => {
  const token = await plane().operatorToken();
  for (const body of [{}, { name: "" }, { name: "x".repeat(121) }]) {
    const answer = await plane().call("POST", "/v1/partners", { token, body });
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, "name"]);
  }
  const partner = await plane().partner();
  const body = { name: "x" };
  const refused = await plane().call("POST", "/v1/partners", { token: partner.token, body });
  assert.deepEqual([refused.status, refused.body.code], [403, "forbidden"]);
});

refusesStrangers(plane, [["POST", "/v1/partners", "partners:write"]]);
