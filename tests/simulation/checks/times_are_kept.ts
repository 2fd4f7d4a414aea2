import type { Interaction } from "../../../regions/interactions/interaction.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Things may be this late where nothing is wrong, in ms. */
const LATE = 3_000;
/** After trouble things have this long to catch up, in ms. */
const RECOVERY = 60_000;

/**
 * Where nothing has been wrong for a while, what is due is done: groups join, requirements relax,
 * offers and wrap-ups end, callers are released. Counted from the facts, not from what the core
 * says is its next deadline.
 */
export function timesAreKept(world: Surroundings): Observer {
  let troubled = world.start;
  /** Since when contacts are in their phases: what fell due before is done right after. */
  const since = new Map<string, { phase: string; at: number }>();
  const overdue = (it: Interaction, at: number): string | null => {
    const begun = since.get(it.id)?.at ?? at;
    const late = (due: number | null | undefined) =>
      due !== null && due !== undefined && Math.max(due, begun) < at - LATE;
    const place = it.place;
    if (place && it.phase === "queued") {
      if (late(place.groups[place.groupsJoined]?.at)) return "a group has not joined";
      if (late(place.relaxation[0]?.at)) return "a requirement is not relaxed";
    }
    if (it.phase === "queued" && late(place!.until)) return "it waits too long";
    if (it.phase === "postponed") {
      if (late(place!.until)) return "its place is kept for too long";
      if (!it.call || it.call.ended) {
        if (late(it.callback!.notBefore)) return "its pause has no end";
      }
    }
    if (it.phase === "dialling" && late(it.flow.deadline)) return "nobody answers";
    if (it.phase === "offered" && late(it.offer!.expiresAt)) return "its offer has no end";
    if (it.phase === "wrap-up" && late(it.wrapUpUntil)) return "its wrap-up has no end";
    if (it.phase === "connecting" && late(it.flow.deadline)) return "its agent is never joined";
    if (it.phase === "connected" && late(it.timers.contactIdleAt)) return "its contact is silent";
    if (it.phase === "outside" && late(it.flow.deadline)) return "nobody answers outside";
    if (late(it.idleUntil) && it.phase !== "wrap-up") return "it is idle for too long";
    return null;
  };
  return {
    fact(fact, now) {
      const troubles = ["cell-crashed", "cell-started", "cluster-moved", "commit-refused"];
      if (troubles.includes(fact.type)) troubled = now;
    },
    afterEvent({ state, at }, event) {
      if (!("interactionId" in event)) return;
      const it = state.interactions.get(event.interactionId);
      if (!it || since.get(it.id)?.phase === it.phase) return;
      since.set(it.id, { phase: it.phase, at });
    },
    afterDecision({ state, at }) {
      if (world.log.trouble.slowest > 100) troubled = world.queue.now;
      if (at < troubled + RECOVERY) return;
      for (const it of state.interactions.values()) {
        const why = overdue(it, at);
        if (why) throw new Violation("times-are-kept", `${it.id} is ${it.phase}: ${why}`);
      }
    },
  };
}
