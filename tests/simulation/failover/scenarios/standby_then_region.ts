import type { Scenario } from "./scenario.ts";

export const standbyThenRegion: Scenario = {
  name: "standby dead, then the region too",
  play(world) {
    const { random } = world;
    const active = world.active!;
    const other = world.other(active);
    world.fell(other);
    const second = random.between(50, 8000);
    world.later(second, () => world.fell(active));
    world.later(second + random.between(200, 6000), () => world.raise(random.pick(world.data)));
    return second + 9000;
  },
};
