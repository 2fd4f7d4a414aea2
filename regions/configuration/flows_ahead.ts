import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { FlowPosition } from "../flows/flow_position.ts";
import { flowSteps } from "./flow_steps.ts";

/** What a flow may still lead to. */
export interface Ahead {
  queueIds: ReadonlySet<string>;
  skillIds: ReadonlySet<string>;
}

const NOTHING: Ahead = { queueIds: new Set(), skillIds: new Set() };

/**
 * Answers what running flows may still lead to, the activity they stand in included. O(activities)
 * for each activity that some flow stands in, O(1) for the others there.
 *
 * @param flows By version.
 */
export function flowsAhead(
  flows: ReadonlyMap<string, FlowDocument>,
): (position: FlowPosition) => Ahead {
  const known = new Map<string, Ahead>();
  return ({ version, activityId }) => {
    const flow = flows.get(version);
    if (!flow || activityId === null) return NOTHING;
    const key = `${version}/${activityId}`;
    let ahead = known.get(key);
    if (!ahead) known.set(key, ahead = aheadOf(flow, activityId));
    return ahead;
  };
}

function aheadOf(flow: FlowDocument, start: string): Ahead {
  const queueIds = new Set<string>();
  const skillIds = new Set<string>();
  const reached = new Set([start]);
  // A set is walked in order of insertion, also over what is added on the way.
  for (const id of reached) {
    if (!Object.hasOwn(flow.activities, id)) continue;
    const activity = flow.activities[id];
    for (const [, next] of flowSteps(activity)) reached.add(next);
    if ("queueId" in activity) queueIds.add(activity.queueId);
    if (activity.type !== "queue") continue;
    const steps = activity.relaxation.map((step) => step.requirements);
    for (const { skillId } of [activity.requirements, ...steps].flat()) skillIds.add(skillId);
  }
  return { queueIds, skillIds };
}
