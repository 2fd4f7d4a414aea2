import type { Random } from "../random/random.ts";

export const TEAMS = ["desk", "backup", "night"];
export const SKILLS = ["english", "german", "vip"];

/** One to three groups of teams; now and then two join at the same moment. */
export function groups(random: Random, outside: boolean) {
  const count = random.between(1, 3);
  const first = random.chance(0.8) ? 0 : 10;
  return Array.from({ length: count }, (_, i) => ({
    afterSeconds: i === 0 ? first : first + i * random.pick([0, 15, 30]),
    teamIds: [
      TEAMS[i],
      ...(random.chance(0.2) ? [random.pick(TEAMS)] : []),
      ...(outside && i === count - 1 ? ["answering"] : []),
    ],
  }));
}
