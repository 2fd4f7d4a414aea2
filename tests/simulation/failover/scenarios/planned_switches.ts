import type { Scenario } from "./scenario.ts";

const TIMES = 20;

/** Asks the active site's keeper to move the cluster, as soon as it may, so and so often. */
export const plannedSwitches: Scenario = {
  name: "planned switch twenty times",
  long: true,
  play(world) {
    let done = 0;
    const step = () => {
      const { active } = world;
      if (done < TIMES && active && world.healthy) {
        const id = `switch-${done++}`;
        const to = world.other(active);
        world.keepers[active].request({ id, to, rehearse: false, requestedBy: "test" });
      }
      world.later(world.random.between(300, 1200), step);
    };
    step();
    return 120_000;
  },
  judge(world, fail) {
    const all = world.data.flatMap((site) => world.keepers[site].state.switchOvers);
    const done = all.filter((it) => it.state === "done").length;
    if (done < 15) fail("switched", `${done} of ${TIMES} switch-overs came through`);
  },
};
