import type { Scenario } from "./scenario.ts";

export const regionCutOff: Scenario = {
  name: "region cut off from everything, one way or both",
  play(world) {
    const { random, wires, sites } = world;
    const site = world.active!;
    const ways = random.between(0, 2);
    for (const other of [...sites, "outside"].filter((it) => it !== site)) {
      if (other === "outside" && random.chance(0.5)) continue;
      if (ways !== 1) wires.wire(site, other).cut = true;
      if (ways !== 2) wires.wire(other, site).cut = true;
    }
    return random.between(2000, 14_000);
  },
};
