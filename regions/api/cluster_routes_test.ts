import assert from "node:assert/strict";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();

Deno.test("GET /v1/cluster tells administrators where their tenant's cluster is", async () => {
  const { call, database, tenant, token, clock, cell: { placement } } = cell();
  const id = await tenant();
  const asAdmin = { token: await token(id) };
  assert.equal((await call("GET", "/v1/cluster", asAdmin)).status, 503);
  await database.db.insertInto("cfg.clusters").values({
    ...{ id: "E39", home_region: "eu-central", standby_region: "us-east", urls: [] },
  }).execute();
  await database.db.updateTable("cfg.tenants").set({ durability: "zone" }).where("id", "=", id)
    .execute();
  clock.ahead += 200;
  await placement.refresh();
  const { status, body, headers } = await call("GET", "/v1/cluster", asAdmin);
  assert.equal(status, 200);
  assert.equal(headers.get("antiphon-epoch"), "1");
  assert.deepEqual(body, {
    ...{ clusterId: "E39", homeRegion: "eu-central", standbyRegion: "us-east" },
    ...{ activeSite: "eu-central", epoch: 1, durability: "zone" },
    replication: { state: "unknown", sync: null, lagMs: null, degradedSince: null },
  });
  const asAgent = { token: await token(id, "agent") };
  assert.equal((await call("GET", "/v1/cluster", asAgent)).status, 403);
});
