import { defineActivity } from "../../define_activity.ts";
import { hangUp as endCall } from "../../../calls/hang_up.ts";
import { STOP } from "../../engine/outcome.ts";
import { HangUpActivity } from "./hang_up_schema.ts";

/** Ends a call, or closes a conversation. A call that was not answered yet is refused (603). */
export const hangUp = defineActivity({
  schema: HangUpActivity,
  kinds: ["voice", "digital"],
  inHandlers: false,
  waits: "never",
  enter(step) {
    const { t, it } = step;
    t.emit({ type: "flow.ended", interactionId: it.id, reason: "hang-up", thread: 0 });
    endCall(t, it, "flow-hung-up");
    return STOP;
  },
});
