import type { Scenario } from "./scenario.ts";

export const linkSlow: Scenario = {
  name: "link slow (2 s) and lossy (20 %)",
  play(world) {
    const { random, home, away, wires } = world;
    wires.both(home, away, { delayMs: 2000, loss: 0.2 });
    if (random.chance(0.3)) {
      world.later(random.between(1000, 9000), () => world.fell(world.active ?? home));
    }
    return 16_000;
  },
};
