import type { Interaction } from "../interactions/interaction.ts";

/** Recordings of one interaction, at most. */
const MOST = 50;

/** Whether another recording of an interaction may begin: there is a call, and not too many yet. */
export function mayRecord(it: Interaction): boolean {
  return it.call !== null && !it.call.ended && it.recordings.length < MOST;
}
