import type { Scenario } from "./scenario.ts";

export const cellKilled: Scenario = {
  name: "cell process killed",
  play(world) {
    const active = world.active!;
    for (let i = world.random.between(1, 4); i > 0; i--) {
      world.later(world.random.between(0, 4000), () => world.killCell(active));
    }
    return 6000;
  },
};
