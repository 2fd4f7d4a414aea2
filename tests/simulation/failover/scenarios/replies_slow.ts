import type { Scenario } from "./scenario.ts";

/** Some directions are slow, then the holder is cut off, or stands still. */
export const repliesSlow: Scenario = {
  name: "replies slow, then the holder cut off",
  play(world) {
    const { random, wires, sites } = world;
    const active = world.active!;
    for (const site of sites) {
      if (site === active) continue;
      wires.wire(site, active).delayMs = random.between(100, 520);
      if (random.chance(0.3)) wires.wire(active, site).delayMs = random.between(50, 300);
    }
    world.later(random.between(2000, 4000), () => {
      if (random.chance(0.5)) world.keepers[active].process.freeze();
      for (const site of sites) if (site !== active) wires.wire(active, site).cut = true;
    });
    return 12_000;
  },
};
