import { defineActivity } from "../../define_activity.ts";
import { queueMessage } from "../../../messages/queue_message.ts";
import { goTo } from "../../engine/outcome.ts";
import { SendMessageActivity } from "./send_message_schema.ts";

/** Sends a message; the flow does not wait for its delivery. */
export const sendMessage = defineActivity({
  schema: SendMessageActivity,
  kinds: ["digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const text = step.text(step.activity.text);
    const { t, it } = step;
    if (text.trim() !== "") queueMessage(t, it, { id: t.context.newId(), author: "flow", text });
    return goTo(step.activity.next);
  },
});
