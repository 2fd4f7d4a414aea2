import assert from "node:assert/strict";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { writeUnits } from "../../regions/log/write_units.ts";
import { TenantEvent } from "../../regions/tenants/tenant_event.ts";
import { cellTestDatabase } from "../../regions/testing/cell_test_database.ts";
import { Ledger } from "./ledger.ts";
import { digestOf, type LifeReport } from "./life_report.ts";

const newId = uuidV7();
const event = TenantEvent.parse({ type: "agent.disconnected", agentId: "anna" });

Deno.test("the ledger finds what was lost, doubled or not noted", async () => {
  const database = await cellTestDatabase();
  const acknowledged = (tenantId: string, firstSeq: number, id: string): LifeReport => ({
    type: "acknowledged",
    tenantId,
    id,
    firstSeq,
    events: [digestOf(event)],
    effects: 1,
  });
  const write = (tenantId: string, firstSeq: number, commandId: string) =>
    writeUnits(database.writers.region, database.owner, [{
      ...{ tenantId, firstSeq, commandId, at: 1, events: [event] },
      ...{ effects: [], messages: [], ended: [], traces: [] },
    }], []);

  const tenantId = newId();
  const ledger = new Ledger([tenantId]);
  ledger.hear({ type: "sent", tenantId, id: "a", command: {} });
  ledger.hear({ type: "sent", tenantId, id: "b", command: {} });
  await write(tenantId, 1, "a");
  ledger.hear(acknowledged(tenantId, 1, "a"));
  await ledger.compare(database);
  assert.deepEqual(ledger.takeRepeats().map((repeat) => repeat.id), ["b"]);
  await assert.rejects(ledger.compareWhole(database), /Effect .* was lost/);
  ledger.hear({ type: "delivered", ids: [`${tenantId}:1:0`] });
  await ledger.compareWhole(database);
  assert.throws(() => ledger.hear(acknowledged(tenantId, 2, "a")), /second effect/);
  ledger.hear(acknowledged(tenantId, 2, "b"));
  await assert.rejects(ledger.compare(database), /Event 2 .* is not in the log/);

  const other = newId();
  const noted = new Ledger([other]);
  await write(other, 1, "c");
  noted.hear(acknowledged(other, 1, "d"));
  await assert.rejects(noted.compare(database), /Command d .* not known as carried out/);
  await database.close();
});
