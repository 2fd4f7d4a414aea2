import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { goTo, waitFor } from "../../engine/outcome.ts";
import { PlayActivity } from "./play_schema.ts";

/** Time a prompt may take at most, in milliseconds. */
const PLAY_MS = 10 * 60_000;

/** Plays a prompt to its end. */
export const play = defineActivity({
  schema: PlayActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "always",
  enter(step) {
    step.pop({ type: "play", prompt: step.activity.prompt, loop: false });
    return waitFor(step.at + PLAY_MS + FLOW_LIMITS.graceMs);
  },
  heard(step, answer) {
    if (answer.type !== "played") return null;
    if (answer.outcome === "failed") throw new FlowFault("play-failed", "The PoP could not play");
    return goTo(step.activity.next);
  },
});
