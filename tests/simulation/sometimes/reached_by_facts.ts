import type { Fact } from "../world/fact.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** Whether what was noticed makes an interesting state. */
type Reached = (fact: Fact, now: number, world: Surroundings) => boolean;

/** Interesting states that parts of the world notice, by name; each with a memory of its own. */
export const REACHED_BY_FACTS: Readonly<Record<string, () => Reached>> = {
  "crash with a commit under way that was kept": () => (fact) =>
    fact.type === "cell-crashed" && fact.committing === "kept",
  "crash with a commit under way that was lost": () => (fact) =>
    fact.type === "cell-crashed" && fact.committing === "lost",
  "crash between commit and delivery": () => (fact, _now, world) =>
    fact.type === "cell-crashed" &&
    [...world.log.tenants.values()].some((log) => world.undelivered(log).length > 0),
  "crash while a contact is offered": () => (fact, _now, world) =>
    fact.type === "cell-crashed" &&
    [...world.log.tenants.values()].some(({ state }) =>
      [...state.interactions.values()].some((it) => it.phase === "offered")
    ),
  "a PoP tells again what was not acknowledged": () => (fact) => fact.type === "pop-resent",
  "a PoP's event is told twice": () => {
    const told = new Set<string>();
    return (fact) => {
      if (fact.type !== "pop-event-committed") return false;
      const key = `${fact.bootId} ${fact.seq}`;
      return told.size === told.add(key).size;
    };
  },
  "a command is repeated at a PoP": () => (fact) =>
    fact.type === "pop-command" && fact.outcome === "repeat",
  "an effect is repeated at the edge": () => (fact) =>
    fact.type === "desktop-delivery" && fact.outcome === "repeat",
  "an older epoch is refused at a PoP": () => (fact) => fact.type === "welcome-refused",
  "a standby calls a PoP that waits for it": () => (fact) => fact.type === "pop-called",
  "a standby calls a PoP that still follows the older holder": () => (fact) =>
    fact.type === "pop-called" && fact.while,
  "an older epoch is refused at the edge": () => (fact) =>
    fact.type === "desktop-delivery" && fact.outcome === "stale-epoch",
  "a zombie's commit is refused": () => (fact) =>
    fact.type === "commit-refused" && fact.why === "fenced",
  "a commit's outcome is unknown": () => (fact) =>
    fact.type === "commit-refused" && fact.why === "unknown",
  "a commit came late and took a number": () => (fact) =>
    fact.type === "commit-refused" && fact.why === "sequence",
  "a snapshot is taken": () => (fact) => fact.type === "snapshot-taken",
  "a PoP restarts with calls": () => (fact) => fact.type === "pop-restarted" && fact.calls > 0,
  "the provider repeats a webhook": () => {
    const seen = new Set<string>();
    return (fact) => {
      if (fact.type !== "message-acknowledged") return false;
      return seen.size === seen.add(fact.providerMessageId).size;
    };
  },
  "a status comes before the answer to the request": () => (fact) =>
    fact.type === "status-taken" && fact.known === "pending",
  "a status tells what became of a message given up": () => (fact) =>
    fact.type === "status-taken" && fact.known === "outcome-unknown",
  "an offer is accepted too late": () => (fact) =>
    fact.type === "command-answered" && fact.code === "offer_gone",
};
