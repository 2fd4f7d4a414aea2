import type { CheckContext } from "./check_context.ts";

/** Profiles that sites name exist. */
export function checkSites(check: CheckContext): void {
  check.document.sites.forEach((site, i) =>
    check.refer(
      `sites.${i}.multimediaProfileId`,
      site.multimediaProfileId,
      check.multimediaProfiles,
      "multimedia profile",
    )
  );
}
