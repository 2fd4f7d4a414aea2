import type { Scenario } from "./scenario.ts";

export const controlDead: Scenario = {
  name: "control plane's site dead before and during",
  play(world) {
    const { random } = world;
    world.fell("control");
    const returns = random.between(1000, 12_000);
    if (random.chance(0.5)) {
      const active = world.active!;
      world.later(random.between(100, 8000), () => world.fell(active));
    } else {
      world.later(random.between(100, 8000), () => world.fell(random.pick(world.data)));
    }
    world.later(returns, () => world.raise("control"));
    return 16_000;
  },
};
