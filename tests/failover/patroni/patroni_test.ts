import assert from "node:assert/strict";
import { PatroniStand } from "./patroni_stand.ts";
import { runPatroniScenario } from "./run_patroni_scenario.ts";
import { killSite } from "./scenarios/kill_site.ts";
import { switchOver } from "./scenarios/switch_over.ts";

Deno.test("a cluster on Patroni moves as planned, and when its leader's site dies, and loses nothing", async (t) => {
  const lines: string[] = [];
  await using stand = await PatroniStand.start((line) => lines.push(line));
  for (const scenario of [switchOver, killSite]) {
    await t.step(scenario.title, async () => {
      const result = await runPatroniScenario(stand, scenario);
      const { lost, doubled, reordered, ownedTwice, to, from } = result;
      const found = { lost, doubled, reordered, ownedTwice };
      assert.deepEqual(found, { lost: 0, doubled: 0, reordered: 0, ownedTwice: 0 });
      assert.notEqual(to, from);
      assert.ok(result.acknowledged > 50, "there was something to lose");
      assert.ok(result.pauseMs <= scenario.limitMs, `${result.pauseMs} ms without an answer`);
    });
  }
});
