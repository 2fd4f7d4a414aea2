import type { Interaction } from "../interactions/interaction.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";
import type { FlowPosition } from "./flow_position.ts";
import type { FlowFrame, FlowThread } from "./flow_thread.ts";
import { roundsKey } from "./rounds_key.ts";

/** Applies what an event means for an interaction's flow. O(handlers under way). */
export function evolveFlow(it: Interaction, event: TenantEvent, at: number): void {
  const { flow } = it;
  switch (event.type) {
    case "flow.entered": {
      const thread = threadOf(flow, event.thread);
      if (!thread) return;
      thread.activityId = event.activityId;
      thread.step = flow.lastStep = event.step;
      thread.enteredAt = at;
      thread.deadline = event.deadline;
      thread.kept = event.kept;
      if (thread === flow) goOn(flow);
      return;
    }
    case "flow.waits": {
      const thread = threadOf(flow, event.thread);
      if (thread) Object.assign(thread, { deadline: event.deadline, kept: event.kept });
      if (thread === flow) goOn(flow);
      return;
    }
    case "flow.put-aside":
      flow.putAside = event.answer;
      return;
    case "flow.variable-set":
      flow.variables[event.variable] = event.value;
      return;
    case "flow.handler-started":
      flow.handlers.push({
        id: event.thread,
        flowId: event.flowId,
        version: event.version,
        activityId: null,
        step: event.thread,
        enteredAt: at,
        deadline: null,
        kept: null,
        frames: [],
      });
      flow.lastStep = event.thread;
      return;
    case "flow.called": {
      const thread = threadOf(flow, event.thread);
      if (!thread) return;
      const saved: Record<string, string | null> = {};
      for (const [name, value] of Object.entries(event.variables)) {
        saved[name] = Object.hasOwn(flow.variables, name) ? flow.variables[name] : null;
        flow.variables[name] = value;
      }
      const { flowId, version, activityId, step } = thread;
      thread.frames.push({
        ...{ flowId, version, activityId: activityId!, step, saved },
        marked: { ...it.variableLists },
      });
      Object.assign(thread, { flowId: event.flowId, version: event.version, activityId: null });
      mark(it, event.variableLists);
      return;
    }
    case "flow.switched": {
      Object.assign(flow.variables, event.variables);
      forgetRounds(flow, "0/");
      const { flowId, version } = event;
      Object.assign(flow, { flowId, version, activityId: null, deadline: null, frames: [] });
      mark(it, event.variableLists);
      return;
    }
    case "flow.returned": {
      const thread = threadOf(flow, event.thread);
      const frame = thread?.frames.pop();
      if (!thread || !frame) return;
      // One that called is one shallower by now.
      forgetRounds(flow, roundsKey({ id: thread.id, frames: [...thread.frames, frame] }));
      const { flowId, version, activityId, step } = frame;
      thread.kept = takeOut(flow.variables, frame.saved);
      unmark(it, frame);
      Object.assign(thread, { flowId, version, activityId, step, deadline: null });
      return;
    }
    case "flow.counted": {
      const key = roundsKey(threadOf(flow, event.thread) ?? flow, event.activityId);
      if (event.rounds === 0) delete flow.rounds[key];
      else flow.rounds[key] = event.rounds;
      return;
    }
    case "screen.popped":
      it.screenPop = { url: event.url, title: event.title };
      return;
    case "flow.failed":
      flow.failures += 1;
      return;
    case "flow.ended":
      if (event.thread !== 0) {
        forgetRounds(flow, `${event.thread}/`);
        flow.handlers = flow.handlers.filter((thread) => thread.id !== event.thread);
        return;
      }
      flow.activityId = null;
      flow.deadline = null;
      flow.frames = [];
      return;
  }
}

function mark(it: Interaction, lists: Interaction["variableLists"]): void {
  for (const name of ["hidden", "editable", "reportable", "sensitive"] as const) {
    it.variableLists[name] = [...new Set([...it.variableLists[name], ...lists[name]])];
  }
}

/** Names that a called flow had for itself are marked as its caller says again. */
function unmark(it: Interaction, { saved, marked }: FlowFrame): void {
  for (const name of ["hidden", "editable", "reportable", "sensitive"] as const) {
    it.variableLists[name] = it.variableLists[name]
      .filter((variable) => !Object.hasOwn(saved, variable) || marked[name].includes(variable));
  }
}

/** What a call or a line has counted goes when it is over. */
function forgetRounds(flow: FlowPosition, start: string): void {
  for (const key of Object.keys(flow.rounds)) if (key.startsWith(start)) delete flow.rounds[key];
}

function goOn(flow: FlowPosition): void {
  flow.interrupted = false;
  flow.pausedUntil = flow.putAside = null;
}

function threadOf(flow: FlowPosition, id: number): FlowThread | undefined {
  return id === 0 ? flow : flow.handlers.find((thread) => thread.id === id);
}

/** Gives variables back what they held; returns what the flow that returns had made of them. */
function takeOut(
  variables: Record<string, string>,
  saved: Record<string, string | null>,
): Record<string, string> {
  const left: Record<string, string> = {};
  for (const [name, before] of Object.entries(saved)) {
    left[name] = variables[name] ?? "";
    if (before === null) delete variables[name];
    else variables[name] = before;
  }
  return left;
}
