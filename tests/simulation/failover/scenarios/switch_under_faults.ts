import type { Scenario } from "./scenario.ts";

export const switchUnderFaults: Scenario = {
  name: "planned switch that meets a fault",
  play(world) {
    const { random } = world;
    const from = world.active!;
    const to = world.other(from);
    const id = "switch";
    world.keepers[from].request({ id, to, rehearse: false, requestedBy: "test" });
    const at = random.chance(0.4) ? random.between(0, 120) : random.between(0, 900);
    world.later(at, () => {
      const site = random.pick([from, to]);
      const fault = random.between(0, 7);
      if (fault === 0) world.fell(site);
      else if (fault === 1) world.freeze(site);
      else if (fault === 2) world.killKeeper(site);
      else if (fault === 3) world.killPostgres(site);
      else if (fault === 4) world.killCell(site);
      else if (fault === 5) world.wires.both(from, to, { cut: true });
      else if (fault === 6) world.cells[from].process.freeze();
      else world.fell("control");
    });
    if (random.chance(0.4)) {
      world.later(random.between(1000, 5000), () => {
        for (const site of world.sites) world.thaw(site);
      });
    }
    return random.between(2000, 14_000);
  },
};
