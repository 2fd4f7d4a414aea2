import type { Scenario } from "./scenario.ts";

export const diskFull: Scenario = {
  name: "disk of the primary full",
  play(world) {
    const { random } = world;
    const active = world.active!;
    world.postgres[active].diskFull = true;
    if (random.chance(0.3)) {
      const other = world.other(active);
      world.later(random.between(0, 6000), () => world.postgres[other].diskFull = true);
    }
    return random.between(1000, 12_000);
  },
};
