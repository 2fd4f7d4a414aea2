import type { FlowTraceStep } from "../../../protocol/flow/flow_trace_step.ts";
import type { StoredTraceItem } from "./stored_trace_item.ts";

const HIDDEN = "(hidden)";

/**
 * A stored item for whoever looks. What is hidden from agents is hidden from supervisors too, who
 * look over agents' shoulders; administrators, who make flows, see it. What sensitive variables
 * hold is in no item.
 */
export function showTrace(
  { id, item }: StoredTraceItem,
  viewer: { admin: boolean },
): FlowTraceStep {
  const { interactionId: _, hidden, ...shown } = item;
  if (viewer.admin || hidden.length === 0) return { id, ...shown };
  const output = Object.fromEntries(
    Object.entries(item.output).map(([name, value]) => [
      name,
      hidden.includes(name) ? HIDDEN : value,
    ]),
  );
  return { id, ...shown, output, input: hidden.includes("*") ? HIDDEN : item.input };
}
