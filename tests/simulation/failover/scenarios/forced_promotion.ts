import type { World } from "../world/world.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The only site that has everything dies: after the other was cut off and given up, or after it took
 * over from the other, which returns only then. An operator promotes what is left.
 */
export const forcedPromotion: Scenario = {
  name: "forced promotion of a site that lacks work",
  play(world) {
    const { random, wires } = world;
    const active = world.active!;
    const other = world.other(active);
    const taken = random.chance(0.4);
    const [dead, left] = taken ? [other, active] : [active, other];
    const dies = random.between(4500, 8000);
    if (taken) world.fell(left);
    else wires.both(active, other, { cut: true });
    world.later(dies, () => world.fell(dead));
    world.later(dies + random.between(0, 500), () => world.raise(left));
    world.later(dies + random.between(0, 5000), () => force(world, left, 0));
    world.later(dies + 1000, () => wires.heal());
    if (random.chance(0.3)) world.later(dies + random.between(500, 9000), () => world.raise(dead));
    return dies + 14_000;
  },
};

function force(world: World, site: string, tries: number): void {
  if (world.active || tries > 20) return;
  world.keepers[site].request({
    id: `force-${tries}`,
    to: site,
    rehearse: false,
    force: "accept-loss",
    requestedBy: "test",
  });
  world.later(1000, () => force(world, site, tries + 1));
}
