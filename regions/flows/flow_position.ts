import type { FlowThread, Kept } from "./flow_thread.ts";

/** Where one running flow instance stands. */
export interface FlowPosition extends FlowThread {
  variables: Record<string, string>;
  /** Event handlers under way. */
  handlers: FlowThread[];
  /** Grows with every activity entered, in whatever line. */
  lastStep: number;
  /** How often loops have gone round, by `roundsKey`. */
  rounds: Record<string, number>;
  /** How many activities have failed. */
  failures: number;
  /** An offer broke into the treatment: it goes on with this activity if the offer fails. */
  interrupted: boolean;
  /** When the activity that was broken into would have ended (epoch ms). */
  pausedUntil: number | null;
  /** What a service answered meanwhile: heard when the flow goes on. */
  putAside: Kept;
}
