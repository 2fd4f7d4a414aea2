import type { MakeObserver, Observer } from "../checks/observer.ts";
import type { Surroundings } from "../world/surroundings.ts";
import { REACHED_BY_EVENTS } from "./reached_by_events.ts";
import { REACHED_BY_FACTS } from "./reached_by_facts.ts";

/** Every state that worlds must reach now and then, or their checks say little. */
export const SOMETIMES: readonly string[] = [
  ...Object.keys(REACHED_BY_EVENTS),
  ...Object.keys(REACHED_BY_FACTS),
].sort();

/** Counts in how many worlds each state was reached. */
export class SometimesCount {
  readonly #worlds = new Map<string, number>(SOMETIMES.map((name) => [name, 0]));

  /** Watches one world. */
  readonly watch: MakeObserver = (world: Surroundings): Observer => {
    const reached = new Set<string>();
    const reach = (name: string) => {
      if (reached.has(name)) return;
      reached.add(name);
      this.#worlds.set(name, (this.#worlds.get(name) ?? 0) + 1);
    };
    const events = Object.entries(REACHED_BY_EVENTS);
    const facts = Object.entries(REACHED_BY_FACTS).map(([name, make]) => [name, make()] as const);
    return {
      beforeEvent(view, event) {
        for (const [name, is] of events) {
          if (!reached.has(name) && is(view, event, world)) reach(name);
        }
      },
      fact(fact, now) {
        for (const [name, is] of facts) {
          if (is(fact, now, world)) reach(name);
        }
      },
    };
  };

  /** Takes in what another count saw. */
  add(counts: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(counts)) {
      this.#worlds.set(name, (this.#worlds.get(name) ?? 0) + count);
    }
  }

  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#worlds].sort(([a], [b]) => a < b ? -1 : 1));
  }

  /** States that no world reached. */
  get missed(): string[] {
    return SOMETIMES.filter((name) => (this.#worlds.get(name) ?? 0) === 0);
  }
}
