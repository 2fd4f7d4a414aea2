import type { CheckContext } from "./check_context.ts";

/** Sites and profiles that teams name exist. */
export function checkTeams(check: CheckContext): void {
  check.document.teams.forEach((team, i) => {
    const path = `teams.${i}`;
    check.refer(`${path}.siteId`, team.siteId, check.sites, "site");
    check.refer(
      `${path}.skillProfileId`,
      team.skillProfileId,
      check.skillProfiles,
      "skill profile",
    );
    check.refer(
      `${path}.multimediaProfileId`,
      team.multimediaProfileId,
      check.multimediaProfiles,
      "multimedia profile",
    );
  });
}
