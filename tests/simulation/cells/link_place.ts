import { StandbyLinks } from "../../../regions/pops/standby_links.ts";
import { Random } from "../random/random.ts";
import type { Surroundings } from "../world/surroundings.ts";
import { cellLogger } from "./cell_logger.ts";

/** Where PoPs connect to one process of the cluster: it stands by until its cell is ready. */
export class LinkPlace {
  alive = true;
  readonly links: StandbyLinks;

  constructor(world: Surroundings, incarnation: number) {
    const random = new Random(world.plan.seed, "standby", incarnation);
    const timer = (ms: number, run: () => void) => world.queue.after(ms, () => this.alive && run());
    this.links = new StandbyLinks({
      verify: (token) =>
        new Promise((resolve) => void timer(random.between(1, 3), () => resolve(token))),
      // A notice is a hint only, and this world's PoPs knock everywhere.
      notice: () => Promise.resolve(null),
      timer,
      log: cellLogger(world),
    });
  }
}
