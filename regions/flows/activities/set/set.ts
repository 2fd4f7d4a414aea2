import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { SetActivity } from "./set_schema.ts";

/** Sets one variable. */
export const set = defineActivity({
  schema: SetActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { variable, value, expression, next } = step.activity;
    if (expression !== undefined) step.set(variable, step.value(expression));
    else step.setText(variable, step.text(value!));
    return goTo(next);
  },
});
