import assert from "node:assert/strict";
import { emptyTestDatabase } from "../testing/empty_test_database.ts";
import { testCluster } from "../testing/test_process.ts";
import { waitUntil } from "../testing/wait_until.ts";
import { hashState } from "../tenants/snapshot/hash_state.ts";

Deno.test("CellProcess stands by, warm, beside the present holder, and takes over from it", async () => {
  await using database = await emptyTestDatabase();
  {
    await using cluster = await testCluster();
    cluster.lease.holder = "eu";
    const first = cluster.process({ databaseUrl: database.url, site: "eu" });
    await first.start();
    const tenantId = await cluster.tenant(first);
    const runner = (await first.cell!.tenants.get(tenantId))!;
    await runner.submit({ type: "presence", agentId: "anna", edgeId: "edge", connected: true });

    const second = cluster.process({ databaseUrl: database.url, site: "eu" });
    const active = second.start();
    await waitUntil(() => second.status().warm && second.status().tenants === 1);
    assert.equal(second.phase, "standby");
    const refused = await second.fetch(new Request("http://cell/v1/queues"));
    assert.equal(refused.status, 421);
    assert.equal((await refused.json()).code, "not_active");
    await runner.submit({ type: "presence", agentId: "ben", edgeId: "edge", connected: true });
    const state = hashState(runner.state);

    await first.stop();
    assert.equal(first.phase, "ended");
    await active;
    assert.equal(second.phase, "active");
    const taken = (await second.cell!.tenants.get(tenantId))!;
    assert.equal(hashState(taken.state), state);
  }
});
