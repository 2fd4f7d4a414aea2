import { enterActivity } from "../flows/engine/enter_activity.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * The flow of a contact who has its place back goes on: with the activity that an offer broke into,
 * or with the treatment that it was offered too soon to begin.
 */
export function resumeTreatment(t: Transition, it: Interaction): void {
  const { activityId, interrupted, deadline, version } = it.flow;
  if (it.phase !== "queued" || activityId === null || deadline !== null) return;
  if (interrupted) return enterActivity(t, it, activityId);
  const activity = t.configuration.flows.get(version)?.activities[activityId];
  const waits = activity?.type === "queue" || activity?.type === "queue-to-agent";
  if (waits && typeof activity.next === "string") enterActivity(t, it, activity.next);
}
