import { decideSoftphone } from "../agents/decide_softphone.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";
import { decideCallEnded } from "./decide_call_ended.ts";
import { interactionOfCall } from "./interaction_of_call.ts";

/** What stands at a PoP is all that stands there: the rest was lost with its process. */
export function decidePopReported(
  t: Transition,
  command: Extract<TenantCommand, { type: "pop-reported" }>,
): void {
  for (const id of command.lostCalls) {
    const it = interactionOfCall(t.state, id);
    if (it?.call?.popId === command.popId) decideCallEnded(t, it, "failure", null);
  }
  const present = new Set(command.softphones);
  const known = [...t.state.agents.values()]
    .filter((agent) => agent.softphonePopId === command.popId).map((agent) => agent.id);
  for (const id of known) if (!present.has(id)) decideSoftphone(t, command.popId, id, false);
  for (const id of present) decideSoftphone(t, command.popId, id, true);
}
