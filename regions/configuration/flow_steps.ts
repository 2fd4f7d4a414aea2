import type { Activity } from "../../protocol/flow/flow_document.ts";

const FIELDS = ["next", "onTimeout", "otherwise", "onClosed", "onUnavailable"] as const;

/** The activities that an activity leads to, each with the path of the field that names it. */
export function flowSteps(activity: Activity): [path: string, activityId: string][] {
  const fields: Readonly<Record<string, unknown>> = { ...activity };
  const steps = FIELDS.flatMap((field): [string, string][] => {
    const id = fields[field];
    return typeof id === "string" ? [[field, id]] : [];
  });
  if (activity.type !== "branch") return steps;
  const cases = activity.cases.map(({ next }, i): [string, string] => [`cases.${i}.next`, next]);
  return [...steps, ...cases];
}
