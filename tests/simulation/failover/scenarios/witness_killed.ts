import type { Scenario } from "./scenario.ts";

/** Witnesses start anew, one after the other or at once, while the holder is cut off. */
export const witnessKilled: Scenario = {
  name: "witnesses start anew",
  play(world) {
    const { random, sites, wires } = world;
    const active = world.active!;
    const others = sites.filter((it) => it !== active);
    const cutAt = random.between(0, 4000);
    if (random.chance(0.5)) {
      for (const site of others) {
        world.later(cutAt, () => world.killKeeper(site, random.between(10, 200)));
      }
    } else {
      for (let i = random.between(1, 4); i > 0; i--) {
        world.later(random.between(0, 5000), () => world.killKeeper(random.pick(others)));
      }
    }
    world.later(cutAt, () => {
      if (random.chance(0.3)) return;
      for (const site of others) wires.both(active, site, { cut: true });
    });
    return 12_000;
  },
};
