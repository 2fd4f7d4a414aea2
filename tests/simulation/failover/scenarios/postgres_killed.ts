import type { Scenario } from "./scenario.ts";

export const postgresKilled: Scenario = {
  name: "postgres killed",
  play(world) {
    const active = world.active!;
    for (let i = world.random.between(1, 4), at = 0; i > 0; i--) {
      at += world.random.between(0, 2500);
      world.later(
        at,
        () => world.killPostgres(world.random.chance(0.8) ? active : world.other(active)),
      );
    }
    return 12_000;
  },
};
