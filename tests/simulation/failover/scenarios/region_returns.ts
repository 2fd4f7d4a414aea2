import type { Scenario } from "./scenario.ts";

export const regionReturns: Scenario = {
  name: "old region returns, again and again",
  play(world) {
    const { random } = world;
    let at = 0;
    for (let i = random.between(2, 4); i > 0; i--) {
      world.later(at, () => {
        const site = world.active ?? world.home;
        world.fell(site);
        world.later(random.between(500, 7000), () => world.raise(site));
      });
      at += random.between(4000, 11_000);
    }
    return at;
  },
};
