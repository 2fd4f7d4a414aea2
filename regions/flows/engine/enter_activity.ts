import type { Interaction } from "../../interactions/interaction.ts";
import type { Transition } from "../../tenants/transition.ts";
import { runThread } from "./run_thread.ts";

/**
 * Runs an interaction's flow from one of its activities until it waits for the world or ends. The
 * flow of a parked contact is its treatment, until an offer breaks into it.
 */
export function enterActivity(t: Transition, it: Interaction, activityId: string): void {
  runThread(t, it, it.flow, { enter: activityId });
}
