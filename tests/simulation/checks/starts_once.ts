import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** An interaction starts once and ends once; nothing of a PoP's boot is applied twice. */
export function startsOnce(): Observer {
  const started = new Set<string>();
  const ended = new Set<string>();
  const applied = new Set<string>();
  return {
    beforeEvent(_view, event) {
      const once = (seen: Set<string>, id: string) => {
        if (seen.has(id)) throw new Violation("starts-once", `${event.type} twice for ${id}`);
        seen.add(id);
      };
      if (event.type === "interaction.started") once(started, event.interactionId);
      if (event.type === "interaction.ended") once(ended, event.interactionId);
    },
    afterDecision(_view, { popPosition, events }) {
      if (!popPosition || events.length === 0) return;
      const key = `${popPosition.popId} ${popPosition.bootId} ${popPosition.seq}`;
      if (applied.has(key)) throw new Violation("starts-once", `event ${key} applied twice`);
      applied.add(key);
    },
  };
}
