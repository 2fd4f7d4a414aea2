import type { CheckContext } from "./check_context.ts";
import { checkSkillValues } from "./check_skills.ts";

/** Agents' teams and profiles exist; teams with capacity have no agents; user names are unique. */
export function checkAgents(check: CheckContext): void {
  const { agents } = check.document;
  const usernames = new Set<string>();
  agents.forEach((agent, i) => {
    const path = `agents.${i}`;
    agent.teamIds.forEach((id, j) => {
      check.refer(`${path}.teamIds.${j}`, id, check.teams, "team");
      if (!check.teams.get(id)?.capacity) return;
      check.report(
        `${path}.teamIds.${j}`,
        "capacity_team_has_agents",
        "A team with capacity is a number and has no agents",
      );
    });
    if (usernames.has(agent.username)) {
      check.report(`${path}.username`, "username_repeated", "Used twice");
    }
    usernames.add(agent.username);
    check.refer(
      `${path}.skillProfileId`,
      agent.skillProfileId,
      check.skillProfiles,
      "skill profile",
    );
    check.refer(
      `${path}.multimediaProfileId`,
      agent.multimediaProfileId,
      check.multimediaProfiles,
      "multimedia profile",
    );
    checkSkillValues(check, `${path}.skills`, agent.skills);
  });
}
