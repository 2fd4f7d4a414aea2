import { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";
import { Random } from "../random/random.ts";
import { groups, SKILLS, skillValue, TEAMS } from "./make_groups.ts";

export const CHANGES = [
  "teams",
  "groups",
  "skills",
  "room",
  "priorities",
  "hours",
] as const;
/** What a supervisor changes. */
export type Change = (typeof CHANGES)[number];

/** A configuration after a change; the same for the same arguments. */
export function reconfigure(
  document: TenantConfiguration,
  change: Change,
  ...names: (string | number)[]
): TenantConfiguration {
  const random = new Random(...names);
  const next = structuredClone(document);
  switch (change) {
    case "teams":
      for (const agent of next.agents) {
        agent.teamIds = TEAMS.filter(() => random.chance(0.5));
        if (agent.teamIds.length === 0) agent.teamIds = [random.pick(TEAMS)];
      }
      break;
    case "groups":
      for (const queue of next.queues) queue.distribution = groups(random, false);
      break;
    case "skills":
      for (const agent of next.agents) {
        const id = random.pick(SKILLS);
        agent.skills[id] = skillValue(random, id);
      }
      break;
    case "room":
      next.settings.capacity.social = random.between(0, 3);
      next.settings.capacity.blending = random.pick(["exclusive", "blended", "voice-first"]);
      break;
    case "priorities":
      for (const queue of next.queues) {
        queue.relativePriority = random.between(3, 7);
        queue.selection = random.chance(0.5) ? "best-available" : "longest-available";
      }
      break;
    case "hours":
      next.settings.emergencyClosure = !next.settings.emergencyClosure;
      break;
  }
  return TenantConfiguration.parse(next);
}
