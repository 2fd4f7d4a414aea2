import type { Scenario } from "./scenario.ts";

export const regionFrozen: Scenario = {
  name: "whole region frozen and thawed",
  play(world) {
    const site = world.random.chance(0.8) ? world.active! : world.random.pick(world.sites);
    const ms = world.random.between(200, 12_000);
    world.freeze(site);
    world.later(ms, () => world.thaw(site));
    if (world.random.chance(0.5)) {
      world.later(ms + world.random.between(100, 4000), () => world.freeze(world.active ?? site));
    }
    return ms + 6000;
  },
};
