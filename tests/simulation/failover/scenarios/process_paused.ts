import type { Scenario } from "./scenario.ts";

/** Single processes stand still: garbage collection, a debugger, a swapped machine. */
export const processPaused: Scenario = {
  name: "processes paused",
  play(world) {
    const { random } = world;
    for (let i = random.between(2, 8); i > 0; i--) {
      const site = random.chance(0.6) ? world.active! : random.pick(world.sites);
      const process = random.pick(world.partsOf(site));
      const at = random.between(0, 8000);
      world.later(at, () => process.freeze());
      world.later(at + random.between(50, 6000), () => process.thaw());
    }
    return 14_000;
  },
};
