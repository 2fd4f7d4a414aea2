import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { goTo } from "../../engine/outcome.ts";
import { SetCallerIdActivity } from "./set_caller_id_schema.ts";

/** Sets the number to show; the PoP checks it again when it calls. O(1). */
export const setCallerId = defineActivity({
  schema: SetCallerIdActivity,
  kinds: ["voice"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const number = step.text(step.activity.number).trim();
    const { entryPointByNumber } = step.configuration;
    if (number !== "" && number !== step.it.contact && !entryPointByNumber.has(number)) {
      throw new FlowFault("not-available", "Show one of the tenant's numbers, or the caller's");
    }
    const callerId = number === "" ? null : number;
    step.t.emit({ type: "interaction.caller-id-set", interactionId: step.it.id, callerId });
    return goTo(step.activity.next);
  },
});
