import { defineActivity } from "../../define_activity.ts";
import { LanguageTag } from "../../../../protocol/ids/names.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { goTo } from "../../engine/outcome.ts";
import { SetLanguageActivity } from "./set_language_schema.ts";

/** Sets the variable `language`. */
export const setLanguage = defineActivity({
  schema: SetLanguageActivity,
  kinds: ["voice", "digital"],
  inHandlers: false,
  waits: "never",
  enter(step) {
    const tag = LanguageTag.safeParse(step.text(step.activity.language).trim());
    if (!tag.success) throw new FlowFault("not-available", "That is no language tag (BCP 47)");
    step.setText("language", tag.data);
    return goTo(step.activity.next);
  },
});
