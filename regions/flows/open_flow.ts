import type { EntryPoint } from "../../protocol/configuration/entry_point.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import { isOpen } from "../hours/is_open.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The flow that a contact gets at an entry point now, with its version: the closed one outside its
 * hours and in an emergency closure, if it has one. Undefined without an entry point.
 */
export function openFlow(
  t: Transition,
  point: EntryPoint | undefined,
): { flow: FlowDocument; version: string } | undefined {
  if (!point) return undefined;
  const { settings, hours, flowVersions, flows } = t.configuration;
  const schedule = hours.get(point.businessHoursId ?? "");
  const closed = settings.emergencyClosure || (schedule !== undefined && !isOpen(schedule, t.at));
  const flowId = closed ? point.closedFlowId ?? point.flowId : point.flowId;
  const version = flowVersions.get(flowId);
  const flow = version === undefined ? undefined : flows.get(version);
  return flow && version !== undefined ? { flow, version } : undefined;
}
