import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { SwitchActivity } from "./switch_schema.ts";

/** Goes to the first case that the value equals. O(cases). */
export const switchActivity = defineActivity({
  schema: SwitchActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { value, cases, otherwise } = step.activity;
    const text = step.text(value).trim();
    return goTo(cases.find((it) => it.equals === text)?.next ?? otherwise);
  },
});
