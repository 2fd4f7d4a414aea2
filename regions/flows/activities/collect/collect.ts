import { defineActivity } from "../../define_activity.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { goTo, waitFor } from "../../engine/outcome.ts";
import { CollectActivity } from "./collect_schema.ts";

/** Time a prompt may take at most, in milliseconds. */
const PLAY_MS = 10 * 60_000;

/** Collects digits into a variable. */
export const collect = defineActivity({
  schema: CollectActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "always",
  enter(step) {
    const { activity } = step;
    step.pop({
      type: "collect",
      prompt: activity.prompt ?? null,
      maxDigits: activity.maxDigits,
      firstDigitMs: activity.firstDigitSeconds * 1000,
      interDigitMs: activity.interDigitSeconds * 1000,
      terminator: activity.terminator ?? null,
    });
    const seconds = activity.firstDigitSeconds + activity.interDigitSeconds * activity.maxDigits;
    return waitFor(step.at + seconds * 1000 + PLAY_MS + FLOW_LIMITS.graceMs);
  },
  heard(step, answer) {
    if (answer.type !== "collected") return null;
    const { variable, next, onTimeout } = step.activity;
    if (answer.sealed !== null) step.setSealed(variable, answer.sealed);
    else if (answer.digits === null || answer.digits === "") return goTo(onTimeout);
    else step.setText(variable, answer.digits);
    return goTo(next);
  },
});
