import type { Scenario } from "./scenario.ts";

/** The standby is cut off and degraded, then the only site that has everything dies. */
export const forcedPromotion: Scenario = {
  name: "forced promotion of a site that lacks work",
  play(world) {
    const { random, wires } = world;
    const active = world.active!;
    const other = world.other(active);
    wires.both(active, other, { cut: true });
    const dies = random.between(4500, 8000);
    world.later(dies, () => world.fell(active));
    let tries = 0;
    const force = () => {
      if (world.active || tries > 20) return;
      const id = `force-${tries++}`;
      world.keepers[other].request({
        id,
        to: other,
        rehearse: false,
        force: "accept-loss",
        requestedBy: "test",
      });
      world.later(1000, force);
    };
    world.later(dies + random.between(0, 5000), force);
    world.later(dies + 1000, () => wires.heal());
    if (random.chance(0.3)) {
      world.later(dies + random.between(500, 9000), () => world.raise(active));
    }
    return dies + 14_000;
  },
};
