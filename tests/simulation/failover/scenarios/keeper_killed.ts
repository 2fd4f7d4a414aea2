import type { Scenario } from "./scenario.ts";

export const keeperKilled: Scenario = {
  name: "keeper killed",
  play(world) {
    for (let i = world.random.between(1, 5); i > 0; i--) {
      world.later(world.random.between(0, 5000), () => {
        world.killKeeper(world.random.pick(world.sites));
        if (world.random.chance(0.3)) world.killPostgres(world.random.pick(world.data));
      });
    }
    return 12_000;
  },
};
