import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Agent } from "../agents/agent.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * An agent changes a variable of an interaction.
 * @throws AntiphonError `forbidden` unless the variable is marked as editable by agents, and not as
 * sensitive
 */
export function setVariable(
  t: Transition,
  it: Interaction,
  agent: Agent,
  variable: string,
  value: string,
): void {
  const { editable, sensitive } = it.variableLists;
  // A flow that was called may have made one sensitive that its caller lets agents change.
  if (!editable.includes(variable) || sensitive.includes(variable)) {
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
