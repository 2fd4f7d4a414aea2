import { HttpServiceAnswer } from "../../../services/http_service_answer.ts";
import type { HttpServiceRequest } from "../../../services/http_service_request.ts";
import type { SealableText } from "../../../services/sealable_text.ts";
import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo, type Outcome, waitFor } from "../../engine/outcome.ts";
import { HttpRequestActivity } from "./http_request_schema.ts";
import { joined, SealableFields } from "./sealable_fields.ts";

/** The answer's own way back, beyond what the request may take, in milliseconds. */
const BACK_MS = 5_000;

/** Sends a request to a service outside and goes on by its answer. */
export const httpRequest = defineActivity({
  schema: HttpRequestActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "always",
  resumes: "waiting",
  enter(step) {
    const until = step.at + step.activity.timeoutSeconds * 1000;
    step.service(requestOf(step, until));
    return waitFor(until + BACK_MS);
  },
  heard(step, answer) {
    const { onTimeout } = step.activity;
    if (answer.type === "timer") return late(onTimeout);
    if (answer.type !== "service") return null;
    const parsed = HttpServiceAnswer.safeParse(answer.answer);
    if (!parsed.success) throw new FlowFault("service-failed", "The answer is none");
    const { outcome, status, code, values, sealed } = parsed.data;
    const { saveStatus } = step.activity;
    if (saveStatus !== undefined && status !== null) step.setText(saveStatus, String(status));
    if (outcome === "timeout") return late(onTimeout);
    if (outcome === "failed") throw new FlowFault("service-failed", code ?? "It failed");
    for (const [variable, value] of Object.entries(values)) step.setText(variable, value);
    for (const [variable, value] of Object.entries(sealed)) step.setSealed(variable, value);
    return goTo(byStatus(step.activity, status ?? 0));
  },
});

function late(onTimeout: string | undefined): Outcome {
  if (onTimeout !== undefined) return goTo(onTimeout);
  throw new FlowFault("activity-timed-out", "The service did not answer in time");
}

function byStatus({ next, onStatus }: HttpRequestActivity, status: number): string {
  if (status >= 200 && status <= 299) return next;
  const text = String(status);
  const found = onStatus.find((it) => it.status === text || it.status === `${text[0]}xx`);
  if (found) return found.next;
  throw new FlowFault("service-failed", `The service answered ${status}`);
}

function requestOf(step: FlowStep<HttpRequestActivity>, until: number): HttpServiceRequest {
  const { activity, it } = step;
  const fields = new SealableFields(step, activity.sensitive);
  const headers = Object.entries(activity.headers)
    .map(([name, value]) => [name, fields.text(value)] as const);
  return {
    ...{ type: "http", connectorId: activity.connectorId ?? null, method: activity.method },
    address: addressOf(activity, fields),
    headers: Object.fromEntries(headers),
    body: activity.body === undefined ? null : fields.text(activity.body),
    contentType: activity.contentType,
    format: activity.format ?? null,
    outputs: activity.outputs.map((output) => ({
      ...output,
      sensitive: it.variableLists.sensitive.includes(output.variable),
    })),
    ...{ until, retries: activity.retries, redirects: activity.redirects },
  };
}

function addressOf(
  { path, url, query }: HttpRequestActivity,
  fields: SealableFields,
): SealableText {
  const texts = [fields.address((path ?? url)!)];
  let separator = (path ?? url)!.includes("?") ? "&" : "?";
  for (const [name, value] of Object.entries(query)) {
    texts.push(`${separator}${encodeURIComponent(name)}=`, escaped(fields.text(value)));
    separator = "&";
  }
  return joined(texts);
}

/** A query's value: what is sealed is escaped when it is opened. */
function escaped(text: SealableText): SealableText {
  if (typeof text === "string") return encodeURIComponent(text);
  return text.map((part) => typeof part === "string" ? encodeURIComponent(part) : part);
}
