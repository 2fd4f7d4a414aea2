import { nextDeadline } from "../../../regions/interactions/next_deadline.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Every state that is not final has a deadline. */
export function everythingHasADeadline(): Observer {
  return {
    afterDecision({ state }) {
      for (const it of state.interactions.values()) {
        if (nextDeadline(it) === null) {
          throw new Violation("everything-has-a-deadline", `${it.id} may be ${it.phase} for ever`);
        }
      }
    },
  };
}
