import type { Random } from "../random/random.ts";

export const TEAMS = ["desk", "backup", "night"];
export const SKILLS = ["english", "german", "vip"];

/** One to three groups of teams in order of time. */
export function groups(random: Random, outside: boolean) {
  const left = TEAMS.filter((_, i) => i === 0 || random.chance(0.7));
  let afterSeconds = random.chance(0.8) ? 0 : 10;
  const made: { afterSeconds: number; teamIds: string[] }[] = [];
  while (left.length > 0) {
    const teamIds = left.splice(0, random.chance(0.2) ? 2 : 1);
    made.push({ afterSeconds, teamIds });
    afterSeconds += random.pick([5, 15, 30]);
  }
  if (outside) made[made.length - 1].teamIds.push("answering");
  return made;
}

/** A value that a skill may have. */
export function skillValue(random: Random, id: string): number | boolean {
  return id === "vip" ? random.chance(0.5) : random.between(1, 10);
}
