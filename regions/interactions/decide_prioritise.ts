import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";
import { liveInteraction } from "./live_interaction.ts";

/**
 * A waiting contact gets another priority.
 * @throws AntiphonError `unknown_entity`; `state_not_allowed` for one that does not wait
 */
export function decidePrioritise(
  t: Transition,
  command: Extract<TenantCommand, { type: "prioritise" }>,
): void {
  const it = liveInteraction(t, command.interactionId);
  if (it.phase !== "queued") {
    throw new AntiphonError("state_not_allowed", "Only a contact who waits has a priority", {
      data: { phase: it.phase },
    });
  }
  if (it.place!.priority === command.priority) return;
  const { interactionId, priority, by } = command;
  t.emit({ type: "interaction.prioritised", interactionId, priority, by });
}
