import type { EventQueue } from "../../clock/event_queue.ts";
import type { Random } from "../../random/random.ts";
import type { SiteClock } from "./site_clock.ts";
import type { Wires } from "./wires.ts";

/** What every part of a simulated cluster lives in. */
export interface Surroundings {
  readonly queue: EventQueue;
  readonly random: Random;
  readonly wires: Wires;
  readonly clocks: Readonly<Record<string, SiteClock>>;
  readonly home: string;
  /** Sites with data. */
  readonly data: readonly string[];
  /** All sites: each has a witness. */
  readonly sites: readonly string[];
  note(site: string, text: string): void;
  broken(check: string, message: string): void;
}
