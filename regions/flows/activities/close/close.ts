import { defineActivity } from "../../define_activity.ts";
import { hangUp } from "../../../calls/hang_up.ts";
import { queueMessage } from "../../../messages/queue_message.ts";
import { STOP } from "../../engine/outcome.ts";
import { CloseActivity } from "./close_schema.ts";

/** Ends a conversation; what the contact writes after that begins a new one. */
export const close = defineActivity({
  schema: CloseActivity,
  kinds: ["digital"],
  inHandlers: false,
  waits: "never",
  enter(step) {
    const text = step.activity.text === undefined ? "" : step.text(step.activity.text).trim();
    const { t, it } = step;
    if (text !== "") queueMessage(t, it, { id: t.context.newId(), author: "flow", text });
    t.emit({ type: "flow.ended", interactionId: it.id, reason: "closed", thread: 0 });
    hangUp(t, it, "flow-hung-up");
    return STOP;
  },
});
