import type { Activity } from "../../../protocol/flow/flow_document.ts";

/** Reads an activity as it was written before: a `branch` over a variable's values is a `switch`. */
export function upcastActivity(activity: Activity): Activity {
  const { variable, ...rest } = activity;
  if (activity.type !== "branch" || typeof variable !== "string") return activity;
  return { ...rest, type: "switch", value: `{{ ${variable} }}` };
}
