import { checkRequirements } from "../../configuration/checks/check_requirements.ts";
import { checkOwnNumber } from "../../configuration/checks/check_callbacks.ts";
import type { QueueActivity } from "../activities/queue/queue_schema.ts";
import type { Referable } from "../fields/marker.ts";
import type { FlowCheck } from "./flow_check.ts";

/** What activities name is there, of the right kind, and may be acted through. */
export function checkReferences(check: FlowCheck): void {
  for (const { id, activity, fields } of check.flow.activities.values()) {
    const path = `activities.${id}`;
    for (const { path: field, value, marker } of fields) {
      if (marker.kind !== "reference") continue;
      refer(check, `${path}.${field}`, activity.type, marker.to, value);
    }
    if (activity.type === "queue") {
      const { requirements, relaxation } = activity as unknown as QueueActivity;
      checkRequirements(check, path, requirements, relaxation);
    }
    const { number } = activity;
    const isPlain = typeof number === "string" && !number.includes("{{") && number.trim() !== "";
    if (activity.type === "set-caller-id" && isPlain) {
      checkOwnNumber(check, check.known.document, `${path}.number`, number.trim());
    }
    const { agentId } = activity;
    if (
      activity.type === "queue-to-agent" && typeof agentId === "string" && !agentId.includes("{{")
    ) {
      exists(check, `${path}.agentId`, "agent", agentId.trim());
    }
  }
}

function exists(check: FlowCheck, path: string, to: Referable, id: string): void {
  const known = check.known.referable(to);
  if (!known || known.has(id)) return;
  check.report(path, "reference_unknown", `There is no ${to.replaceAll("-", " ")} "${id}"`);
}

function refer(check: FlowCheck, path: string, type: string, to: Referable, id: string): void {
  const { document: { kind }, known } = check;
  exists(check, path, to, id);
  if (!known.isAuthorised(to, id)) {
    const message = `An administrator must authorise "${id}" first`;
    check.report(path, "node_not_authorised", message);
  }
  const isStream = to === "virtual-agent" && known.virtualAgents.get(id)?.adapter === "streaming";
  if (isStream && kind === "digital") {
    check.report(path, "kind_mismatch", "A streaming virtual agent takes calls only");
  }
  if (to === "flow" && (known.flows.get(id)?.kind ?? kind) !== kind) {
    check.report(path, "kind_mismatch", `Name a ${kind} flow`);
  }
  if (to !== "queue" || type === "queue-information") return;
  if ((known.queues.get(id)?.kind ?? kind) !== kind) {
    check.report(path, "kind_mismatch", `Name a ${kind} queue`);
  }
}
