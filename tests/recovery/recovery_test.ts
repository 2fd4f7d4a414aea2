import assert from "node:assert/strict";
import { runRecovery } from "./run_recovery.ts";

Deno.test("nothing acknowledged is lost or done twice, whenever the cell or its database is killed", async () => {
  const result = await runRecovery({ kills: 25, seed: 7, postgresEvery: 9, say: () => {} });
  assert.equal(result.kills, 25);
  assert.ok(result.acknowledged.events > 1000, "there was something to lose");
  assert.ok(result.acknowledged.repeated > 0, "commands were repeated");
});
