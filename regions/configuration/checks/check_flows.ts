import type { Activity, FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { ACTIVITIES } from "../../flows/activities/activities.ts";
import type { QueueActivity } from "../../flows/activities/queue/queue_schema.ts";
import { upcastActivity } from "../../flows/engine/upcast_activity.ts";
import { fieldsOf } from "../../flows/fields/fields_of.ts";
import type { Referable } from "../../flows/fields/marker.ts";
import type { CheckContext } from "./check_context.ts";
import { checkRequirements } from "./check_requirements.ts";
import { checkMarks } from "./check_variables.ts";

/** Flows lead from activity to activity, fit their kind, and name entities that there are. */
export function checkFlows(check: CheckContext): void {
  check.document.flows.forEach((flow, i) => {
    const path = `flows.${i}`;
    checkStep(check, `${path}.start`, flow, flow.start);
    if (flow.onError !== undefined) checkStep(check, `${path}.onError`, flow, flow.onError);
    flow.handlers.forEach(({ start }, h) =>
      checkStep(check, `${path}.handlers.${h}.start`, flow, start)
    );
    for (const [id, activity] of Object.entries(flow.activities)) {
      checkActivity(check, `${path}.activities.${id}`, flow, upcastActivity(activity));
    }
    for (const [name, variable] of Object.entries(flow.variables)) {
      if (typeof variable === "string") continue;
      const at = `${path}.variables.${name}`;
      checkMarks(check, at, variable);
      if (variable.sensitive && variable.value !== "") {
        check.report(
          `${at}.value`,
          "marks_conflict",
          "What is sensitive stands in no flow: keep it in a global variable",
        );
      }
    }
  });
}

function checkStep(check: CheckContext, path: string, flow: FlowDocument, id: string): void {
  if (Object.hasOwn(flow.activities, id)) return;
  check.report(path, "reference_unknown", `There is no activity "${id}"`);
}

function checkActivity(
  check: CheckContext,
  path: string,
  flow: FlowDocument,
  activity: Activity,
): void {
  const definition = ACTIVITIES.get(activity.type);
  if (!definition) {
    check.report(
      `${path}.type`,
      "activity_unknown",
      `There is no activity of type ${activity.type}`,
    );
    return;
  }
  if (!definition.kinds.includes(flow.kind)) {
    const message = `A ${flow.kind} flow cannot ${activity.type}`;
    check.report(`${path}.type`, "kind_mismatch", message);
  }
  const parsed = definition.schema.safeParse(activity);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      check.report([path, ...issue.path].join("."), "activity_invalid", issue.message);
    }
    return;
  }
  for (const field of fieldsOf(definition.schema, parsed.data)) {
    const at = `${path}.${field.path}`;
    if (field.marker.kind === "path") checkStep(check, at, flow, field.value);
    if (field.marker.kind === "reference") {
      checkReference(check, at, flow, activity.type, field.marker.to, field.value);
    }
  }
  if (activity.type === "queue") {
    const { requirements, relaxation } = parsed.data as QueueActivity;
    checkRequirements(check, path, requirements, relaxation);
  }
  const { agentId } = activity;
  if (
    activity.type === "queue-to-agent" && typeof agentId === "string" && !agentId.includes("{{")
  ) {
    check.refer(`${path}.agentId`, agentId.trim(), check.agents, "agent");
  }
}

function checkReference(
  check: CheckContext,
  path: string,
  flow: FlowDocument,
  type: string,
  to: Referable,
  id: string,
): void {
  const known = check.referable(to);
  if (known) check.refer(path, id, known, to.replace("-", " "));
  const node = to === "connector"
    ? check.connectors.get(id)
    : to === "virtual-agent"
    ? check.virtualAgents.get(id)
    : undefined;
  if (node && !node.authorised) {
    check.report(path, "node_not_authorised", `An administrator must authorise "${id}" first`);
  }
  if (to === "flow") {
    const other = check.flows.get(id);
    if (other && other.kind !== flow.kind) {
      check.report(path, "kind_mismatch", `Name a ${flow.kind} flow`);
    }
  }
  if (to !== "queue" || type === "queue-information") return;
  const queue = check.queues.get(id);
  if (!queue || queue.kind === flow.kind) return;
  check.report(path, "kind_mismatch", `Name a ${flow.kind} queue`);
}
