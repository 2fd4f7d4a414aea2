import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, type Outcome } from "../../engine/outcome.ts";
import { openFlow } from "../../open_flow.ts";
import { startingVariables } from "../../starting_variables.ts";
import type { TransferActivity } from "./transfer_schema.ts";

/**
 * Another entry point's flow goes on with the interaction from its beginning, the closed one outside
 * its hours; variables that it does not declare stay. Null when there is no such entry point.
 */
export function switchFlow(
  { t, it, configuration }: FlowStep<TransferActivity>,
  entryPointId: string,
): Outcome | null {
  const point = configuration.document.entryPoints.find(({ id }) => id === entryPointId);
  const open = point?.channel === "voice" ? openFlow(t, point) : undefined;
  if (!point || !open || it.virtual) return null;
  const { flow, version } = open;
  t.emit({
    type: "flow.switched",
    interactionId: it.id,
    entryPointId,
    flowId: flow.id,
    version,
    ...startingVariables([], flow, { entryPoint: entryPointId }),
  });
  return goTo(flow.start);
}
