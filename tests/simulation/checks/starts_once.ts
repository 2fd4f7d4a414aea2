import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** An interaction starts once and ends once; nothing of a PoP's boot is applied twice. */
export function startsOnce(): Observer {
  const started = new Set<string>();
  const ended = new Set<string>();
  const applied = new Map<string, number>();
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
      const boot = `${popPosition.popId} ${popPosition.bootId}`;
      const last = applied.get(boot) ?? 0;
      if (popPosition.seq <= last) {
        throw new Violation("starts-once", `event ${popPosition.seq} of ${boot} applied twice`);
      }
      applied.set(boot, popPosition.seq);
    },
  };
}
