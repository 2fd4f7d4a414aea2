import type { InteractionRecording } from "../../protocol/recording/recording.ts";
import type { Interaction } from "../interactions/interaction.ts";

/** The recording of the whole call that goes on, as far as the cell knows. */
export function wholeCallRecording(it: Interaction): InteractionRecording | undefined {
  return it.recordings.findLast(({ kind, outcome }) => kind === "call" && outcome === null);
}
