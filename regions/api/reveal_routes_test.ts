import assert from "node:assert/strict";
import { useTestCell } from "../testing/use_test_cell.ts";
import { NUMBER } from "../testing/tenant_harness.ts";

const cell = useTestCell();
const CARD = "4000056655665556";

/** A tenant with a caller in the queue whose card number is known, and who may look at it. */
async function stage(revealTo: string[]) {
  const tenantId = await cell().tenant((draft) => {
    draft.settings.revealTo = revealTo;
    draft.globalVariables.push(
      { id: "card", name: "Card", sensitive: true, value: CARD },
      { id: "tier", name: "Tier", value: "gold" },
    );
    draft.flows[0].start = "sales";
  });
  const runner = (await cell().cell.tenants.get(tenantId))!;
  const id = crypto.randomUUID();
  const call = (event: object) =>
    runner.submit({ type: "call-event", popId: "FRA", callId: id, event: event as never });
  await call({
    ...{ type: "call.offered", legId: crypto.randomUUID(), trunkId: crypto.randomUUID() },
    ...{ from: "+49301", to: NUMBER, transport: "sip-udp" },
  });
  await call({ type: "call.answered", codec: "PCMU" });
  const look = async (role: "agent" | "supervisor" | "admin", name = "card", of = id) =>
    await cell().call("POST", `/v1/interactions/${of}/variables/${name}/reveal`, {
      token: await cell().token(tenantId, role),
    });
  const revealed = async () => {
    const rows = await cell().database.db.selectFrom("cell.events").select("body")
      .where("tenant_id", "=", tenantId).execute();
    return rows.map(({ body }) => body).filter(({ type }) => type === "variable.revealed");
  };
  return { tenantId, runner, id, look, revealed };
}

Deno.test("who may look at a sensitive variable sees it, and the log says who did, without the value", async () => {
  const { runner, id, look, revealed, tenantId } = await stage(["supervisor"]);
  const { status, body, headers } = await look("supervisor");
  assert.deepEqual([status, body], [200, { value: CARD }]);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.deepEqual(await revealed(), [
    { type: "variable.revealed", interactionId: id, variable: "card", by: "anna" },
  ]);
  assert.notEqual(runner.state.interactions.get(id)!.flow.variables.card, CARD);
  const { db } = cell().database;
  const rows = [
    await db.selectFrom("cell.events").selectAll().where("tenant_id", "=", tenantId).execute(),
    await db.selectFrom("cell.effects").selectAll().execute(),
  ];
  assert.doesNotMatch(JSON.stringify(rows) + cell().log.join(), new RegExp(CARD));
});

Deno.test("nobody else sees it, nor what is not sensitive or not there", async () => {
  const { look, revealed } = await stage(["supervisor", "agent"]);
  for (
    const [answer, code] of [
      [await look("admin"), "forbidden"],
      [await look("agent"), "forbidden"],
      [await look("supervisor", "tier"), "unknown_entity"],
      [await look("supervisor", "other"), "unknown_entity"],
      [await look("supervisor", "card", crypto.randomUUID()), "unknown_entity"],
    ] as const
  ) assert.equal(answer.body.code, code);
  assert.deepEqual(await revealed(), []);
  const closed = await stage([]);
  assert.equal((await closed.look("supervisor")).status, 403);
  const other = await stage(["supervisor"]);
  assert.equal((await look("supervisor", "card", other.id)).status, 404, "another tenant's");
});

Deno.test("one person looks only so often", async () => {
  const { look, revealed } = await stage(["supervisor"]);
  for (let i = 0; i < 10; i++) assert.equal((await look("supervisor")).status, 200);
  const { status, body } = await look("supervisor");
  assert.deepEqual([status, body.code], [429, "too_many_requests"]);
  assert.equal((await revealed()).length, 10);
});
