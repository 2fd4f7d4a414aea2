import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * The agent gives a silent contact more time.
 * @throws AntiphonError `state_not_allowed` when no time runs, or it was extended as often as allowed
 */
export function extendContactIdle(t: Transition, it: Interaction): void {
  const rule = t.configuration.queues.get(it.place?.queueId ?? "")?.contactIdle;
  const { contactIdleAt, extensions } = it.timers;
  if (!rule || contactIdleAt === null) {
    throw new AntiphonError("state_not_allowed", "The contact is not being waited for");
  }
  if (extensions >= rule.maxExtensions) {
    throw new AntiphonError("state_not_allowed", "The time was extended as often as it may be", {
      data: { maxExtensions: rule.maxExtensions },
    });
  }
  t.emit({
    type: "contact-idle.extended",
    interactionId: it.id,
    agentId: it.agentId!,
    contactIdleAt: contactIdleAt + rule.extensionSeconds * 1000,
  });
}
