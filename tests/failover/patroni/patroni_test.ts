import assert from "node:assert/strict";
import { PatroniStand } from "./patroni_stand.ts";
import { runPatroniScenario } from "./run_patroni_scenario.ts";
import { killSite } from "./scenarios/kill_site.ts";
import { switchOver } from "./scenarios/switch_over.ts";

Deno.test({
  name: "a cluster on Patroni moves as planned, and when its leader's site dies, and loses nothing",
  // Its servers refuse to run as root, so that we have to be root to run them as somebody else.
  ignore: Deno.build.os !== "linux" || Deno.uid() !== 0,
  fn: async (t) => {
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
      });
    }
  },
});
