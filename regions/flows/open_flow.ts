import type { EntryPoint, RoutingRule } from "../../protocol/configuration/entry_point.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import { isOpen } from "../hours/is_open.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The flow that a contact gets at an entry point now, with its version: that of the first routing
 * rule that holds; else the closed one outside its hours, if it has one. An emergency closure comes
 * before all rules. Undefined without an entry point. O(rules).
 *
 * @param dialled The number that was dialled.
 */
export function openFlow(
  t: Transition,
  point: EntryPoint | undefined,
  dialled?: string,
): { flow: FlowDocument; version: string } | undefined {
  if (!point) return undefined;
  const { flowVersions, flows } = t.configuration;
  const flowId = chosen(t, point, dialled);
  const version = flowVersions.get(flowId);
  const flow = version === undefined ? undefined : flows.get(version);
  return flow && version !== undefined ? { flow, version } : undefined;
}

function chosen(t: Transition, point: EntryPoint, dialled: string | undefined): string {
  const { settings, hours } = t.configuration;
  const closedFlowId = point.closedFlowId ?? point.flowId;
  if (settings.emergencyClosure) return closedFlowId;
  const rule = point.routing?.find((it) => holds(t, it, dialled));
  if (rule) return rule.flowId;
  const schedule = hours.get(point.businessHoursId ?? "");
  return schedule && !isOpen(schedule, t.at) ? closedFlowId : point.flowId;
}

function holds(t: Transition, rule: RoutingRule, dialled: string | undefined): boolean {
  const { settings, hours } = t.configuration;
  const { businessHoursId, from, to, numbers } = rule;
  if (numbers && (dialled === undefined || !numbers.includes(dialled))) return false;
  if (from !== undefined || to !== undefined) {
    const today = Temporal.Instant.fromEpochMilliseconds(t.at)
      .toZonedDateTimeISO(settings.timeZone).toPlainDate().toString();
    if ((from !== undefined && today < from) || (to !== undefined && today > to)) return false;
  }
  if (businessHoursId === undefined) return true;
  const schedule = hours.get(businessHoursId);
  return schedule !== undefined && isOpen(schedule, t.at);
}
