import { type EntryPoint, numbersOf } from "../../../protocol/configuration/entry_point.ts";
import type { CheckContext } from "./check_context.ts";

/** Entry points start flows of their kind, have addresses of their own, and close somewhere. */
export function checkEntryPoints(check: CheckContext): void {
  const addresses = new Set<string>();
  check.document.entryPoints.forEach((point, i) => {
    const path = `entryPoints.${i}`;
    checkFlowOf(check, `${path}.flowId`, point, point.flowId);
    for (const address of point.channel === "voice" ? numbersOf(point) : [point.assetId]) {
      if (addresses.has(address)) {
        check.report(path, "address_repeated", "Its address is used twice");
      }
      addresses.add(address);
    }
    checkRouting(check, path, point);
    if (point.channel !== "voice" && !check.assetSenders.has(point.assetId)) {
      check.report(
        `${path}.assetId`,
        "asset_sender_missing",
        "Add an assetSender for this asset",
      );
    }
    check.refer(
      `${path}.businessHoursId`,
      point.businessHoursId,
      check.businessHours,
      "business hours",
    );
    if (point.closedFlowId !== undefined) {
      checkFlowOf(check, `${path}.closedFlowId`, point, point.closedFlowId);
    } else if (point.businessHoursId !== undefined) {
      check.report(
        `${path}.closedFlowId`,
        "closed_flow_missing",
        "Name the flow for when it is closed",
      );
    }
  });
}

/** Rules name flows, hours, and numbers that lead there. */
function checkRouting(check: CheckContext, path: string, point: EntryPoint): void {
  const known = new Set(numbersOf(point));
  point.routing?.forEach(({ flowId, businessHoursId, numbers }, i) => {
    const at = `${path}.routing.${i}`;
    checkFlowOf(check, `${at}.flowId`, point, flowId);
    check.refer(`${at}.businessHoursId`, businessHoursId, check.businessHours, "business hours");
    numbers?.forEach((number, j) => {
      if (known.has(number)) return;
      const message = "Name a number of the entry point";
      check.report(`${at}.numbers.${j}`, "reference_unknown", message);
    });
  });
}

function checkFlowOf(check: CheckContext, path: string, point: EntryPoint, flowId: string): void {
  check.refer(path, flowId, check.flows, "flow");
  const flow = check.flows.get(flowId);
  const kind = point.channel === "voice" ? "voice" : "digital";
  if (flow && flow.kind !== kind) check.report(path, "kind_mismatch", `Name a ${kind} flow`);
}
