import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Wrap-up has an end, no later than the tenant's time for it; nobody else's doing moves it. */
export function wrapUpEnds(): Observer {
  return {
    afterEvent({ state, at, configuration }, event) {
      if (event.type !== "wrap-up.started") return;
      const it = state.interactions.get(event.interactionId)!;
      const most = at + configuration.settings.wrapUpSeconds * 1000;
      if (it.wrapUpUntil === null || it.wrapUpUntil > most) {
        throw new Violation("wrap-up-ends", `${it.id} is wrapped up until ${it.wrapUpUntil}`);
      }
    },
    afterDecision({ state }) {
      for (const it of state.interactions.values()) {
        if (it.phase === "wrap-up" && it.wrapUpUntil === null) {
          throw new Violation("wrap-up-ends", `${it.id} is wrapped up for ever`);
        }
      }
    },
  };
}
