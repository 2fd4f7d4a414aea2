import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { goTo } from "../../engine/outcome.ts";
import { ScreenPopActivity } from "./screen_pop_schema.ts";

/** Shows the agent a page. It stays until the interaction ends, or the next one is shown. */
export const screenPop = defineActivity({
  schema: ScreenPopActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const url = step.text(step.activity.url).trim();
    const title = step.text(step.activity.title).trim().slice(0, 128);
    if (!URL.canParse(url) || new URL(url).protocol !== "https:" || url.length > 2048) {
      throw new FlowFault("not-available", "A screen pop needs an https address");
    }
    step.t.emit({ type: "screen.popped", interactionId: step.it.id, url, title });
    return goTo(step.activity.next);
  },
});
