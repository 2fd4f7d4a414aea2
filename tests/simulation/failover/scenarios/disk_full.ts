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
    if (random.chance(0.5)) {
      const { process } = world.cells[active];
      const at = random.between(1500, 2600);
      world.later(at, () => process.freeze());
      world.later(at + random.between(200, 2500), () => process.thaw());
    }
    return random.between(1000, 12_000);
  },
};
