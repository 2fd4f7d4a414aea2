import { Keeper } from "../parts/keeper.ts";
import type { Scenario } from "./scenario.ts";

export const duplicateKeeper: Scenario = {
  name: "two keepers with the same name",
  play(world) {
    const { random } = world;
    const site = random.chance(0.7) ? world.active! : world.other(world.active!);
    const second = new Keeper(
      world,
      site,
      `${site}-2`,
      world.postgres[site],
      world.cells[site],
      world.other(site),
    );
    const begin = random.between(0, 2000);
    const end = begin + random.between(2000, 9000);
    world.later(begin, () => second.start());
    world.later(end, () => second.process.kill());
    if (random.chance(0.4)) {
      world.later(random.between(begin, end), () => world.killKeeper("control"));
    }
    return end + 1000;
  },
  judge(world, fail) {
    if (world.counts.activations > 1) fail("moved", "a second keeper moved the cluster");
  },
};
