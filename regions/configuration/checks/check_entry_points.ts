import type { EntryPoint } from "../../../protocol/configuration/entry_point.ts";
import type { CheckContext } from "./check_context.ts";

/** Entry points start flows of their kind, have addresses of their own, and close somewhere. */
export function checkEntryPoints(check: CheckContext): void {
  const addresses = new Set<string>();
  check.document.entryPoints.forEach((point, i) => {
    const path = `entryPoints.${i}`;
    checkFlowOf(check, `${path}.flowId`, point, point.flowId);
    const address = point.channel === "voice" ? point.number : point.assetId;
    if (addresses.has(address)) {
      check.report(path, "address_repeated", "Its address is used twice");
    }
    addresses.add(address);
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

function checkFlowOf(check: CheckContext, path: string, point: EntryPoint, flowId: string): void {
  check.refer(path, flowId, check.flows, "flow");
  const flow = check.flows.get(flowId);
  const kind = point.channel === "voice" ? "voice" : "digital";
  if (flow && flow.kind !== kind) check.report(path, "kind_mismatch", `Name a ${kind} flow`);
}
