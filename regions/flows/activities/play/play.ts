import { defineActivity } from "../../define_activity.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { goTo, waitFor } from "../../engine/outcome.ts";
import { PLAY_MS } from "../../spoken/play_ms.ts";
import { playFault } from "../../spoken/play_fault.ts";
import { renderItems } from "../../spoken/render_items.ts";
import { type SpokenItem, spokenItems } from "../../spoken/spoken_item.ts";
import { PlayActivity } from "./play_schema.ts";

/** Plays sounds, uploaded prompts and spoken texts in turn, to their end. */
export const play = defineActivity({
  schema: PlayActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "always",
  waitsIn: (activity) => spokenItems(activity).some(isHeard),
  enter(step) {
    const items = renderItems(step, spokenItems(step.activity));
    // What has nothing to say waits no time, but a wait it is: no loop runs away through it.
    if (items.length === 0) return waitFor(step.at);
    step.pop({ type: "play", items, loop: false });
    return waitFor(step.at + PLAY_MS + FLOW_LIMITS.graceMs);
  },
  heard(step, answer) {
    if (answer.type === "timer" && step.thread.deadline === step.thread.enteredAt) {
      return goTo(step.activity.next);
    }
    if (answer.type !== "played") return null;
    if (answer.outcome === "failed") throw playFault(answer.code);
    return goTo(step.activity.next);
  },
});

/** Whether there is something to hear in an item, whatever the flow's variables hold. */
function isHeard(item: SpokenItem): boolean {
  if (item.type === "announce") return item.what === "position";
  return item.type !== "say" || !/\{[{%#]/.test(item.text);
}
