import type { Scenario } from "./scenario.ts";

export const linkCut: Scenario = {
  name: "link cut between the regions",
  play(world) {
    const { random, home, away, wires } = world;
    const ways = random.between(0, 2);
    const ms = random.between(500, 12_000);
    if (ways !== 1) wires.wire(home, away).cut = true;
    if (ways !== 2) wires.wire(away, home).cut = true;
    world.later(ms, () => wires.both(home, away, { cut: false }));
    return ms + 3000;
  },
};
