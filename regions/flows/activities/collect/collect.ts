import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, waitFor } from "../../engine/outcome.ts";
import { PLAY_MS } from "../../spoken/play_ms.ts";
import { playFault } from "../../spoken/play_fault.ts";
import { renderItems } from "../../spoken/render_items.ts";
import { spokenItems } from "../../spoken/spoken_item.ts";
import { CollectActivity } from "./collect_schema.ts";

/** Collects digits into a variable; those of a sensitive one leave the PoP sealed only. */
export const collect = defineActivity({
  schema: CollectActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "always",
  enter(step) {
    const { activity } = step;
    step.pop({
      type: "collect",
      items: renderItems(step, spokenItems(activity)),
      interruptible: activity.interruptible,
      seal: sealOf(step),
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
    if (answer.outcome === "failed") throw playFault(answer.code);
    const { variable, next, onTimeout } = step.activity;
    if (answer.sealed !== null) step.setSealed(variable, answer.sealed);
    else if (answer.digits === null || answer.digits === "") return goTo(onTimeout);
    else step.setText(variable, answer.digits);
    return goTo(next);
  },
});

/** The key that digits of a sensitive variable are sealed with. */
function sealOf({ it, activity, configuration }: FlowStep<CollectActivity>) {
  if (!it.variableLists.sensitive.includes(activity.variable)) return null;
  const { sealKey } = configuration.stored;
  if (sealKey) return sealKey;
  throw new FlowFault("not-available", "The tenant has no key to seal digits with yet");
}
