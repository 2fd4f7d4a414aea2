import type { Scenario } from "./scenario.ts";

export const repliesLost: Scenario = {
  name: "requests and replies lost",
  play(world) {
    const { random, wires, sites } = world;
    for (const from of sites) {
      for (const to of sites) {
        if (from !== to && random.chance(0.6)) wires.wire(from, to).loss = random.unit() * 0.7;
      }
    }
    if (random.chance(0.3)) {
      world.later(random.between(500, 6000), () => world.fell(random.pick(sites)));
    }
    return 14_000;
  },
};
