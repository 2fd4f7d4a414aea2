import type { PatroniSight } from "../patroni_sight.ts";

/** One round of Patroni, and how it goes. Times in milliseconds. */
export interface DoubleRound {
  /** Since the beginning of the round before; it begins no earlier than that one ends. */
  pause: number;
  /** "lost" is a store out of reach without failsafe mode, "kept" the same with it. */
  outcome: "renewed" | "lost" | "kept";
  /** Until the store has renewed, or the round has given up. */
  there: number;
  /** Until Patroni hears of it. */
  back: number;
}

interface Change {
  at: number;
  round?: number;
  leader?: boolean;
  primary?: boolean;
  failsafe?: boolean;
  /** Until then nobody else may take the key. */
  taken?: number;
}

const NOBODY = { leader: false, primary: false, failsafe: false };

/**
 * A leading Patroni in virtual time with the store behind it: what it would show, and until when
 * nobody else can lead. It took the key at 0, having been a replica before.
 */
export class PatroniDouble {
  readonly #changes: Change[] = [];
  readonly ttlMs = 5_000;
  readonly loopWaitMs = 1_000;

  /**
   * @param session Age of the session with which the key was taken.
   * @param wall How far the wall clock is ahead at a time.
   */
  constructor(
    rounds: readonly DoubleRound[],
    session: number,
    readonly wall: (at: number) => number,
  ) {
    const { ttlMs } = this;
    this.#changes.push({
      at: 0,
      leader: true,
      primary: true,
      round: this.#stamp(0),
      taken: ttlMs - session,
    });
    let free = ttlMs - session;
    let key = free;
    let safe = false;
    let begins = 0;
    let ended = 0;
    for (const { pause, outcome, there, back } of rounds) {
      begins = Math.max(begins + pause, ended);
      this.#changes.push({ at: begins, round: this.#stamp(begins) });
      const renewed = begins + there;
      const heard = renewed + back;
      // The store says that the key is gone. By a promise that holds nobody else has it.
      const gone = outcome === "renewed" && renewed > key;
      if (gone) this.#changes.push({ at: begins, leader: false });
      if (outcome === "lost" || (gone && (!safe || renewed > free))) {
        this.#changes.push({ at: heard, leader: false, failsafe: false });
        this.#changes.push({ at: heard + 100, primary: false });
        break;
      }
      // Who takes it anew has withdrawn everybody's right to follow until it knows that it has it,
      // and needs a new session, for the old one has gone with the key.
      free = Math.max(free, (gone ? heard : renewed) + ttlMs);
      if (outcome === "renewed") key = free;
      safe = outcome === "kept";
      this.#changes.push({ at: renewed, taken: free });
      this.#changes.push({ at: heard, leader: true, failsafe: safe });
      ended = heard;
    }
  }

  /** What a question asked `at` shows that is answered at `answered`. */
  sight(at: number, answered: number): PatroniSight {
    const told = { ...NOBODY, round: this.#stamp(-700), ...this.#until(answered) };
    const { leader, primary, failsafe, round } = told;
    return { at, leader, primary, failsafe, round };
  }

  /** Until when nobody else can lead, as far as that is settled at `at`. */
  free(at: number): number {
    return this.#until(at).taken ?? -Infinity;
  }

  #until(at: number): Omit<Change, "at"> {
    return Object.assign({}, ...this.#changes.filter((change) => change.at <= at));
  }

  #stamp(at: number): number {
    return Math.floor((at + this.wall(at)) / 1000);
  }
}
