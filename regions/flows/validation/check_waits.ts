import { FLOW_LIMITS } from "../engine/flow_limits.ts";
import type { FlowCheck } from "./flow_check.ts";

/** Activities of a cycle that a message names. */
const NAMED = 8;

/** Time passes wherever a flow goes round, and before a flow calls itself. */
export function checkWaits(check: FlowCheck): void {
  const { document: { id }, flow, catalog } = check;
  const { steps, cycles } = catalog.runsOf(id);
  for (const ids of cycles) {
    const named = ids.slice(0, NAMED).join(", ") + (ids.length > NAMED ? " …" : "");
    const message = `Goes round without waiting for anything: ${named}`;
    check.report(`activities.${ids[0]}`, "loop_without_wait", message);
  }
  if (cycles.length === 0 && steps > FLOW_LIMITS.stepsInARow) {
    const message = `May pass through ${steps} activities without waiting; ` +
      `${FLOW_LIMITS.stepsInARow} are the most`;
    check.report("activities", "steps_too_many", message);
  }
  for (const it of catalog.reachedAtOnce(flow, flow.document.start)) {
    const back = catalog.begunBy(it).find((begun) => catalog.leadsAtOnce(begun, id));
    if (back === undefined) continue;
    const [{ field } = { field: "flowId" }] = it.passesTo;
    const message = `"${back}" comes back to this flow without waiting for anything`;
    check.report(`activities.${it.id}.${field}`, "recursion_without_wait", message);
  }
}
