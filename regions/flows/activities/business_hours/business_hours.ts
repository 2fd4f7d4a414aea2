import { defineActivity } from "../../define_activity.ts";
import { isOpen } from "../../../hours/is_open.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { goTo } from "../../engine/outcome.ts";
import { BusinessHoursActivity } from "./business_hours_schema.ts";

/** Looks at the tenant's hours now. O(periods of one day). */
export const businessHours = defineActivity({
  schema: BusinessHoursActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { businessHoursId, next, onClosed, onEmergency } = step.activity;
    const { settings, hours } = step.configuration;
    const schedule = hours.get(businessHoursId);
    if (!schedule) throw new FlowFault("not-available", `There are no hours "${businessHoursId}"`);
    if (settings.emergencyClosure || schedule.emergencyClosure) {
      return goTo(onEmergency ?? onClosed);
    }
    return goTo(isOpen(schedule, step.at) ? next : onClosed);
  },
});
