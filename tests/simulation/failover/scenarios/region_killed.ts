import type { Scenario } from "./scenario.ts";

export const regionKilled: Scenario = {
  name: "whole region killed",
  play(world) {
    world.fell(world.active!);
    return world.random.between(3000, 15_000);
  },
  judge(world, fail) {
    if (world.counts.activations < 2) fail("moved", "the other site never became active");
  },
};
