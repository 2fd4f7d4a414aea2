import type { LocalState } from "../layout/local_state.ts";
import type { PortPlan } from "../layout/port_plan.ts";
import type { Supervisor } from "../processes/supervisor.ts";

export function serveConsole(
  _: { state: LocalState; supervisor: Supervisor; ports: PortPlan },
): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => Promise.resolve() };
}
