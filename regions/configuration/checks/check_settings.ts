import type { CheckContext } from "./check_context.ts";

/** The hours in which service levels are counted exist. */
export function checkSettings(check: CheckContext): void {
  check.refer(
    "settings.serviceLevel.businessHoursId",
    check.document.settings.serviceLevel.businessHoursId,
    check.businessHours,
    "business hours",
  );
}
