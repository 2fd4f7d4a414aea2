import { checkFlow } from "../../flows/validation/validate_flow.ts";
import type { CheckContext } from "./check_context.ts";

/** Flows have no errors; what they are warned of stands in nobody's way. */
export function checkFlows(check: CheckContext): void {
  check.document.flows.forEach((flow, i) => {
    for (const { path, code, message, severity } of checkFlow(flow, check)) {
      if (severity === "error") check.report(`flows.${i}.${path}`, code, message);
    }
  });
}
