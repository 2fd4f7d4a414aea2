import type { Scenario } from "./scenario.ts";

export const failoverDuringFailover: Scenario = {
  name: "failover during failover",
  play(world) {
    const { random } = world;
    const first = world.active!;
    const second = world.other(first);
    world.fell(first);
    const at = random.between(2000, 4500);
    world.later(at, () => {
      if (random.chance(0.5)) world.fell(second);
      else {
        world.killPostgres(second);
        world.killKeeper(second);
      }
    });
    world.later(at + random.between(0, 2500), () => world.raise(first));
    world.later(at + random.between(0, 6000), () => world.raise(second));
    return at + 9000;
  },
};
