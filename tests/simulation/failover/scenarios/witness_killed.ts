import type { Scenario } from "./scenario.ts";

/** Witnesses start anew, one after the other, while the holder is cut off or dies. */
export const witnessKilled: Scenario = {
  name: "witnesses start anew",
  play(world) {
    const { random, wires } = world;
    const active = world.active!;
    for (let i = random.between(1, 4); i > 0; i--) {
      world.later(
        random.between(0, 5000),
        () => world.killKeeper(random.pick([world.other(active), "control"])),
      );
    }
    world.later(random.between(0, 4000), () => {
      if (random.chance(0.5)) {
        for (const site of world.sites) {
          if (site !== active) wires.both(active, site, { cut: true });
        }
      }
    });
    return 12_000;
  },
};
