import type { Scenario } from "./scenario.ts";

/** Everything goes dark at once, or nearly, and comes back in any order. */
export const powerCut: Scenario = {
  name: "all sites without power",
  play(world) {
    const { random, sites } = world;
    for (const site of sites) {
      const at = random.chance(0.5) ? 0 : random.between(0, 4000);
      world.later(at, () => world.fell(site));
      world.later(at + random.between(300, 8000), () => world.raise(site));
    }
    return 13_000;
  },
};
