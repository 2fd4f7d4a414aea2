import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { FlowPosition } from "../flows/flow_position.ts";
import { compileFlow } from "../flows/engine/compile_flow.ts";
import { fieldsOf } from "../flows/fields/fields_of.ts";
import type { FlowThread } from "../flows/flow_thread.ts";
import { skillsAskedFor } from "./skills_asked_for.ts";

/** What a flow may still lead to. */
export interface Ahead {
  queueIds: ReadonlySet<string>;
  skillIds: ReadonlySet<string>;
}

/**
 * Answers what running flows may still lead to, the activities they stand in, the flows that wait
 * for them to return, and the flows that they may call included. O(activities) for each activity
 * that some flow stands in, O(1) for the others there.
 *
 * @param flows By version.
 * @param current The version of each flow that is called now, by flow id.
 */
export function flowsAhead(
  flows: ReadonlyMap<string, FlowDocument>,
  current: ReadonlyMap<string, string>,
): (position: FlowPosition) => Ahead {
  const known = new Map<string, Ahead>();
  const from = (version: string, activityId: string): Ahead => {
    const key = `${version}/${activityId}`;
    let ahead = known.get(key);
    if (!ahead) known.set(key, ahead = aheadOf(flows, current, version, activityId));
    return ahead;
  };
  const ofThread = (thread: FlowThread): Ahead[] => [
    ...(thread.activityId === null ? [] : [from(thread.version, thread.activityId)]),
    ...thread.frames.map((frame) => from(frame.version, frame.activityId)),
  ];
  return (position) => {
    const all = [position, ...position.handlers].flatMap(ofThread);
    if (all.length === 1) return all[0];
    return {
      queueIds: new Set(all.flatMap((it) => [...it.queueIds])),
      skillIds: new Set(all.flatMap((it) => [...it.skillIds])),
    };
  };
}

function aheadOf(
  flows: ReadonlyMap<string, FlowDocument>,
  current: ReadonlyMap<string, string>,
  version: string,
  start: string,
): Ahead {
  const queueIds = new Set<string>();
  const skillIds = new Set<string>();
  const reached = new Set([`${version}/${start}`]);
  // A set is walked in order of insertion, also over what is added on the way.
  for (const key of reached) {
    const [version, id] = key.split("/");
    const document = flows.get(version);
    const found = document && compileFlow(document).activities.get(id);
    if (!found) continue;
    for (const { value, marker } of fieldsOf(found.definition.schema, found.activity)) {
      if (marker.kind === "path") reached.add(`${version}/${value}`);
      if (marker.kind !== "reference") continue;
      if (marker.to === "queue") queueIds.add(value);
      const called = marker.to === "flow" ? current.get(value) : undefined;
      const flow = called === undefined ? undefined : flows.get(called);
      if (flow) reached.add(`${called}/${flow.start}`);
    }
    for (const skillId of skillsAskedFor(found.activity)) skillIds.add(skillId);
  }
  return { queueIds, skillIds };
}
