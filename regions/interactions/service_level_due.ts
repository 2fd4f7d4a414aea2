import type { MediaKind } from "../../protocol/interaction/media_kind.ts";
import { addBusinessTime } from "../hours/add_business_time.ts";
import type { Transition } from "../tenants/transition.ts";
import type { ServiceLevelDue } from "./interaction.ts";

/**
 * When a contact who comes now must have had a first answer and be done, by the tenant's service
 * level for the medium, else by the one for all; counted in business hours where there are any.
 */
export function serviceLevelDue(t: Transition, media: MediaKind): ServiceLevelDue {
  const { serviceLevel } = t.configuration.settings;
  const level = { ...serviceLevel, ...serviceLevel[media] };
  const hours = t.configuration.hours.get(serviceLevel.businessHoursId ?? "");
  const due = (seconds: number | undefined) => {
    if (seconds === undefined) return null;
    return hours ? addBusinessTime(hours, t.at, seconds * 1000) : t.at + seconds * 1000;
  };
  return {
    firstResponse: due(level.firstResponseSeconds),
    resolution: due(level.resolutionSeconds),
  };
}
