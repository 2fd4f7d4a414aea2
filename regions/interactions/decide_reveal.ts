import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";
import { liveInteraction } from "./live_interaction.ts";

/**
 * Somebody is about to see a sensitive variable in clear: that goes into the log, without the value.
 * @throws AntiphonError `forbidden` unless the tenant's settings let one of their roles, and an agent
 * has the interaction; `unknown_entity` for a variable that is not sensitive or has no value
 */
export function decideReveal(
  t: Transition,
  { interactionId, variable, by, roles }: Extract<TenantCommand, { type: "reveal" }>,
): void {
  const { revealTo } = t.configuration.settings;
  const it = liveInteraction(t, interactionId);
  const may = roles.filter((role) => revealTo.includes(role))
    .some((role) => role !== "agent" || it.agentId === by);
  if (!may) {
    throw new AntiphonError("forbidden", "You may not see sensitive variables of this contact");
  }
  const sealed = it.variableLists.sensitive.includes(variable) && it.flow.variables[variable];
  if (!sealed) {
    throw new AntiphonError("unknown_entity", "It has no such sensitive variable", {
      data: { variable },
    });
  }
  t.emit({ type: "variable.revealed", interactionId, variable, by });
}
