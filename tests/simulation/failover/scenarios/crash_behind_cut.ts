import type { Scenario } from "./scenario.ts";

/**
 * The primary crashes while its standby is out of reach for a moment: what waited for the standby is
 * seen again, and its site dies before anything else is said.
 */
export const crashBehindCut: Scenario = {
  name: "primary crashes behind a cut, then its region dies",
  play(world) {
    const { random, wires } = world;
    const active = world.active!;
    const other = world.other(active);
    const crash = random.between(200, 1500);
    wires.both(active, other, { cut: true });
    world.later(crash, () => world.killPostgres(active));
    world.later(crash + random.between(600, 1400), () => world.fell(active));
    world.later(crash + random.between(1500, 3000), () => wires.heal());
    return crash + 10_000;
  },
};
