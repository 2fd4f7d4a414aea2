import type { Interaction } from "../../../regions/interactions/interaction.ts";
import { contactTerms } from "../reference/contact_terms.ts";
import { servesBefore } from "../reference/serves_before.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** The place in line that is told is what counting all who wait in the queue comes to. */
export function lineIsInOrder(): Observer {
  return {
    afterDecision({ state }) {
      const queues = new Map<string, Interaction[]>();
      for (const it of state.interactions.values()) {
        if (it.phase !== "queued") continue;
        const line = queues.get(it.place!.queueId) ?? [];
        line.push(it);
        queues.set(it.place!.queueId, line);
      }
      for (const line of queues.values()) {
        for (const it of line) {
          const ahead = line.filter((other) =>
            other !== it && servesBefore(contactTerms(other), contactTerms(it))
          );
          const told = state.routing.positionOf(it);
          if (told !== ahead.length + 1) {
            throw new Violation("line-is-in-order", `${it.id} is ${told}, not ${ahead.length + 1}`);
          }
        }
      }
    },
  };
}
