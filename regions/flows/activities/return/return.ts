import { defineActivity } from "../../define_activity.ts";
import { RETURN } from "../../engine/outcome.ts";
import { ReturnActivity } from "./return_schema.ts";

/** Goes back to the flow that called; in one that none called, the flow is over. */
export const returnActivity = defineActivity({
  schema: ReturnActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter: () => RETURN,
});
