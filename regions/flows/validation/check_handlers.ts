import type { FlowCheck } from "./flow_check.ts";
import type { ParsedFlow } from "./parsed_flow.ts";

/** Event handlers run beside the flow: they neither speak to a caller nor queue. */
export function checkHandlers(check: FlowCheck): void {
  const { document: { handlers }, flow, catalog } = check;
  handlers.forEach(({ event, name }, i) => {
    if ((event === "custom") === (name !== undefined)) return;
    const message = event === "custom"
      ? "Say which custom event, by its name"
      : `Only custom events have names: nothing raises "${name}" as ${event}`;
    check.report(`handlers.${i}.name`, "handler_never", message, "warning");
  });
  for (const id of from(flow, handlers.map(({ start }) => start))) {
    const it = flow.activities.get(id);
    if (!it) continue;
    if (!it.definition.inHandlers) {
      const message = `An event handler leads here, and cannot ${it.activity.type}`;
      check.report(`activities.${id}.type`, "handler_activity", message);
    }
    for (const flowId of it.calls) {
      const called = catalog.find(flowId);
      if (!called) continue;
      const misfit = [called, ...catalog.calledBy(flowId)].find((other) =>
        [...from(other, [other.document.start])]
          .some((id) => other.activities.get(id)?.definition.inHandlers === false)
      );
      if (!misfit) continue;
      const message = `An event handler leads here, and cannot run all of "${misfit.document.id}"`;
      check.report(`activities.${id}.flowId`, "handler_activity", message);
    }
  }
}

function from({ activities }: ParsedFlow, starts: readonly string[]): Set<string> {
  const ids = new Set(starts);
  for (const id of ids) for (const { to } of activities.get(id)?.leads ?? []) ids.add(to);
  return ids;
}
