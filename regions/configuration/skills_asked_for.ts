import type { Activity } from "../../protocol/flow/flow_document.ts";
import type { QueueActivity } from "../flows/activities/queue/queue_schema.ts";

/** Skills that an activity asks agents for, at once or later. */
export function skillsAskedFor(activity: Activity): string[] {
  if (activity.type !== "queue") return [];
  const { requirements, relaxation } = activity as Partial<QueueActivity>;
  const steps = (relaxation ?? []).map((step) => step.requirements);
  return [requirements ?? [], ...steps].flat().map(({ skillId }) => skillId);
}
