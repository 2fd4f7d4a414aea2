import type { Activity, FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { flowSteps } from "../flow_steps.ts";
import type { CheckContext } from "./check_context.ts";
import { checkRequirements } from "./check_requirements.ts";
import { checkMarks } from "./check_variables.ts";

const VOICE_ONLY: ReadonlySet<Activity["type"]> = new Set(["play", "collect"]);
/** Flows lead from activity to activity, fit their kind, and name queues, skills and agents. */
export function checkFlows(check: CheckContext): void {
  check.document.flows.forEach((flow, i) => {
    const path = `flows.${i}`;
    checkStep(check, `${path}.start`, flow, flow.start);
    for (const [id, activity] of Object.entries(flow.activities)) {
      checkActivity(check, `${path}.activities.${id}`, flow, activity);
    }
    for (const [name, variable] of Object.entries(flow.variables)) {
      if (typeof variable !== "string") checkMarks(check, `${path}.variables.${name}`, variable);
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
  const { type } = activity;
  if (flow.kind === "digital" && VOICE_ONLY.has(type)) {
    check.report(`${path}.type`, "kind_mismatch", `A digital flow cannot ${type}`);
  }
  if (flow.kind === "voice" && type === "send-message") {
    check.report(`${path}.type`, "kind_mismatch", "A voice flow cannot send messages");
  }
  for (const [field, next] of flowSteps(activity)) checkStep(check, `${path}.${field}`, flow, next);
  if ("queueId" in activity) checkQueue(check, `${path}.queueId`, flow, activity);
  if (type === "queue") {
    checkRequirements(check, path, activity.requirements, activity.relaxation);
  }
  if (type === "queue-to-agent" && !activity.agentId.includes("{{")) {
    check.refer(`${path}.agentId`, activity.agentId.trim(), check.agents, "agent");
  }
}

function checkQueue(
  check: CheckContext,
  path: string,
  flow: FlowDocument,
  { type, queueId }: { type: Activity["type"]; queueId: string },
): void {
  check.refer(path, queueId, check.queues, "queue");
  const queue = check.queues.get(queueId);
  if (!queue || type === "queue-information" || queue.kind === flow.kind) return;
  check.report(path, "kind_mismatch", `Name a ${flow.kind} queue`);
}
