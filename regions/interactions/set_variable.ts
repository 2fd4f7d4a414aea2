import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Agent } from "../agents/agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * An agent changes a variable of an interaction.
 * @throws AntiphonError `forbidden` unless the variable is marked as editable by agents
 */
export function setVariable(
  t: Transition,
  it: Interaction,
  agent: Agent,
  variable: string,
  value: string,
): void {
  if (!it.variableLists.editable.includes(variable)) {
    throw new AntiphonError("forbidden", "Agents may not change this variable", {
      data: { variable },
    });
  }
  t.emit({
    type: "flow.variable-set",
    interactionId: it.id,
    variable,
    value,
    agentId: agent.id,
  });
}
