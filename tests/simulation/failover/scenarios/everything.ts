import type { Scenario } from "./scenario.ts";

/** Any fault at any time. */
export const everything: Scenario = {
  name: "everything at once",
  play(world) {
    const { random, sites, data, wires } = world;
    let end = 0;
    for (let i = random.between(4, 14); i > 0; i--) {
      const at = random.between(0, 15_000);
      const ms = random.between(100, 7000);
      const site = random.pick(sites);
      const place = random.pick(data);
      const other = random.pick(sites.filter((it) => it !== site));
      end = Math.max(end, at + ms);
      const kind = random.between(0, 9);
      world.later(at, () => {
        if (kind === 0) world.fell(site);
        else if (kind === 1) world.freeze(site);
        else if (kind === 2) world.killKeeper(site);
        else if (kind === 3) world.killPostgres(place);
        else if (kind === 4) world.killCell(place);
        else if (kind === 5) wires.wire(site, other).cut = true;
        else if (kind === 6) wires.both(site, other, { cut: true });
        else if (kind === 7) wires.both(site, other, { delayMs: 1500, loss: 0.2 });
        else if (kind === 8) world.postgres[place].diskFull = true;
        else {
          const { active } = world;
          if (active) {
            const id = `switch-${at}`;
            const to = world.other(active);
            world.keepers[active].request({ id, to, rehearse: false, requestedBy: "test" });
          }
        }
      });
      world.later(at + ms, () => {
        if (kind === 0) world.raise(site);
        else if (kind === 1) world.thaw(site);
        else if (kind >= 5 && kind <= 7) {
          wires.both(site, other, { cut: false, delayMs: wires.farMs, loss: 0.001 });
        } else if (kind === 8) world.postgres[place].diskFull = false;
      });
    }
    return end + 1000;
  },
};
