import type { CallbackView } from "../../protocol/agent_session/agent_view.ts";
import type { Interaction } from "../interactions/interaction.ts";

/** Why an agent sees someone who is to be called, or was; null for all others. */
export function callbackView({ callback }: Interaction): CallbackView | null {
  if (!callback) return null;
  const { askedAt, attempts, lastCause } = callback;
  return { askedAt, attempts, lastCause };
}
