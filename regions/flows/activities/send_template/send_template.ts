import { defineActivity } from "../../define_activity.ts";
import { queueMessage } from "../../../messages/queue_message.ts";
import { goTo } from "../../engine/outcome.ts";
import { SendTemplateActivity } from "./send_template_schema.ts";

/** Writes outside the provider's service window, where free text is not taken. */
export const sendTemplate = defineActivity({
  schema: SendTemplateActivity,
  kinds: ["digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { name, language, next } = step.activity;
    const parameters = step.activity.parameters.map((it) => step.text(it));
    const { t, it } = step;
    const text = [`[${name}]`, ...parameters].join(" ");
    queueMessage(t, it, {
      id: t.context.newId(),
      author: "flow",
      text,
      template: { name, language, parameters },
    });
    return goTo(next);
  },
});
