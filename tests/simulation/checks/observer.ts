import type { Fact } from "../world/fact.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { DecisionObserver } from "./decision_observer.ts";

/** Watches a world: its decisions, and what its parts notice. */
export interface Observer extends DecisionObserver {
  fact?(fact: Fact, now: number): void;
  /** Everything has come to rest. */
  atEnd?(world: Surroundings): void;
}

/** Makes an observer for a fresh world. */
export type MakeObserver = (world: Surroundings) => Observer;
