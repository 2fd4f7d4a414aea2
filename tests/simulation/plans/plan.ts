import type { Change } from "../tenants/reconfigure.ts";

/** One thing that happens to a world from outside. `at`: ms from its beginning. */
export type Stimulus =
  & { at: number }
  & (
    | {
      type: "caller";
      /** Names the caller; two of a plan never share one. */
      n: number;
      tenant: number;
      pop: number;
      digits: string;
      patienceMs: number;
      talkMs: number | null;
    }
    | { type: "contact"; tenant: number; contact: number; answers: number }
    | { type: "sign-in" | "sign-out" | "leave"; tenant: number; agent: number }
    | { type: "break" | "softphone-lost"; tenant: number; agent: number; ms: number }
    | { type: "reconfigure"; tenant: number; change: Change }
    /** A supervisor's or the platform's request about whoever waits first. */
    | { type: "prioritise"; tenant: number; priority: number }
    | { type: "call-back"; tenant: number }
    | { type: "list-contact"; tenant: number; n: number; priority: number }
    /** At once, or in the middle of the next commit, or right after it. */
    | { type: "crash-cell"; downMs: number; when: "now" | "committing" | "committed" }
    | { type: "move-cluster"; downMs: number; zombieMs: number; when: "now" | "committed" }
    | { type: "cut-link"; pop: number }
    | { type: "restart-pop"; pop: number; downMs: number }
    | { type: "weather"; ms: number; loss: number; slowest: number }
    | {
      type: "database";
      ms: number;
      outage: boolean;
      slowest: number;
      unknown: number;
      /** This tenant's units are refused, and no other's. */
      refused: number | null;
    }
  );

/** All that a world is made from. The same plan makes the same world, bit for bit. */
export interface Plan {
  /** Seeds the configurations and everybody's habits. */
  seed: number;
  /** When faults stop and contacts stop coming, in ms from the beginning. */
  calmAt: number;
  stimuli: readonly Stimulus[];
}

/** How large worlds are. */
export const WORLD = { tenants: 2, agents: 4, pops: ["FRA", "AMS"], contacts: 4 } as const;
