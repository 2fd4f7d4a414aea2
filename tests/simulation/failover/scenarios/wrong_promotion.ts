import type { Scenario } from "./scenario.ts";

/** An operator asks for what would lose work, or for nonsense, while the cluster is well or torn. */
export const wrongPromotion: Scenario = {
  name: "operator promotes the wrong side",
  play(world) {
    const { random, wires } = world;
    const active = world.active!;
    const other = world.other(active);
    if (random.chance(0.7)) wires.both(active, other, { cut: true });
    for (let i = random.between(1, 6), at = 0; i > 0; i--) {
      at += random.between(0, 2000);
      const at_ = random.pick([active, other]);
      const to = random.pick([active, other, other, "control"]);
      const force = random.chance(0.6) ? "accept-loss" as const : undefined;
      const id = `wrong-${i}`;
      world.later(
        at,
        () => world.keepers[at_].request({ id, to, rehearse: false, force, requestedBy: "test" }),
      );
    }
    return 14_000;
  },
  judge(world, fail) {
    if (world.counts.forgiven > 0) fail("refused", "work was lost while its holder lived");
  },
};
