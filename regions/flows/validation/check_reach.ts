import type { FlowCheck } from "./flow_check.ts";
import type { ParsedActivity } from "./parsed_flow.ts";

/** Activities in which a contact begins to wait for an agent. */
const QUEUES = new Set(["queue", "queue-to-agent"]);
/** Activities that bring a contact where the flow need not go on. */
const LEAVES = new Set([...QUEUES, "callback", "transfer"]);

/** Every activity is reached by something, and before a contact is queued all ways may end. */
export function checkReach(check: FlowCheck): void {
  const { document: { start, onError, handlers }, flow: { activities } } = check;
  const starts = [start, ...onError === undefined ? [] : [onError]];
  const reached = new Set([...starts, ...handlers.map((handler) => handler.start)]);
  for (const id of reached) for (const { to } of activities.get(id)?.leads ?? []) reached.add(to);
  // Where what does not fit its schema leads is not known.
  if (check.flow.misfits.length > 0) return;
  for (const id of activities.keys()) {
    if (reached.has(id)) continue;
    const message = "Nothing leads here";
    check.report(`activities.${id}`, "activity_unreachable", message, "warning");
  }
  checkEnds(check, starts);
}

function checkEnds(check: FlowCheck, starts: readonly string[]): void {
  const { activities } = check.flow;
  const before = new Map<string, string[]>();
  const ending = new Set<string>();
  for (const it of activities.values()) {
    if (ends(it)) ending.add(it.id);
    for (const { to } of it.leads) before.set(to, [...before.get(to) ?? [], it.id]);
  }
  for (const id of ending) for (const from of before.get(id) ?? []) ending.add(from);
  const first = new Set(starts);
  const unqueued = new Set(starts);
  for (const id of unqueued) {
    const it = activities.get(id);
    if (!it) continue;
    if (!ending.has(id)) {
      // Those that follow have no end either.
      if (first.has(id) || (before.get(id) ?? []).some((from) => ending.has(from))) {
        const message = "From here on the flow neither ends nor queues the contact";
        check.report(`activities.${id}`, "path_endless", message, "warning");
      }
      continue;
    }
    const queues = QUEUES.has(it.activity.type);
    for (const { field, to } of it.leads) if (!queues || field !== "next") unqueued.add(to);
  }
}

/** Whether a flow may be over there, or the contact is queued or passed on. */
function ends({ definition, activity, leads }: ParsedActivity): boolean {
  if (LEAVES.has(activity.type) || leads.every((lead) => lead.afterFault)) return true;
  return "next" in definition.schema.shape && activity.next === undefined;
}
