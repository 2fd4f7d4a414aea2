import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Agent } from "./agent.ts";
import { disconnectAgent } from "./disconnect_agent.ts";

/**
 * The agent signs out.
 * @throws AntiphonError `state_not_allowed` while they have interactions
 */
export function signOutAgent(t: Transition, agent: Agent): void {
  if (agent.assigned.length > 0) {
    throw new AntiphonError("state_not_allowed", "Finish your interactions before you sign out", {
      data: { interactionIds: [...agent.assigned] },
    });
  }
  disconnectAgent(t, agent);
}
