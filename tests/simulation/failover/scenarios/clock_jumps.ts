import type { Scenario } from "./scenario.ts";

export const clockJumps: Scenario = {
  name: "clocks jump 10 s either way",
  play(world) {
    const { random } = world;
    for (let i = random.between(1, 5); i > 0; i--) {
      const site = random.chance(0.5) ? world.active! : random.pick(world.sites);
      world.later(random.between(0, 4000), () => {
        world.clocks[site].jump += random.chance(0.5) ? 10_000 : -10_000;
      });
    }
    return 6000;
  },
  judge(world, fail) {
    if (world.counts.activations > 1) fail("moved", "a clock's jump moved the cluster");
  },
};
