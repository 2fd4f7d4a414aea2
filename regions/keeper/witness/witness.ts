import { join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { decideWitness } from "../lease/decide_witness.ts";
import type { WitnessAnswer } from "../lease/witness_answer.ts";
import { WitnessRecord } from "../lease/witness_record.ts";
import type { WitnessRequest } from "../lease/witness_request.ts";
import { bootWitness, type WitnessState } from "../lease/witness_state.ts";
import { promisesMore } from "./promises_more.ts";

/** Clusters that a witness takes. */
const MAX_CLUSTERS = 1000;
/** How often a holder's position is written down besides, in milliseconds. */
const NOTE_MS = 5_000;

/** What a {@linkcode Witness} works with. */
export interface WitnessOptions {
  /** Holds one record a cluster. */
  folder: string;
  /** Monotonic milliseconds that go on while the machine sleeps. */
  now: () => number;
  /** Done when the text is on the disk for good. */
  write: (path: string, text: string) => Promise<void>;
}

interface Kept {
  state: WitnessState;
  /** Settles with the last request of this cluster: one at a time. */
  last: Promise<unknown>;
  /** Settles with the last position that was written down besides; never rejects. */
  noted: Promise<unknown>;
  notedAt: number;
}

/**
 * The witness of a site, for all clusters: what it has promised is on the disk before it says so.
 * What it reads after a start counts as granted just then, since it cannot know how old it is. So a
 * mere renewal waits for no disk, and a lease outlives one that is slow.
 */
export class Witness {
  readonly #options: WitnessOptions;
  readonly #clusters = new Map<string, Promise<Kept>>();

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  /**
   * Does what a keeper asks, or says why not.
   * @throws AntiphonError `unavailable` when the record can be neither read nor written: nothing
   *   was promised then
   */
  async ask(clusterId: string, request: WitnessRequest): Promise<WitnessAnswer> {
    const kept = await this.#kept(clusterId);
    const answer = kept.last.then(() => this.#decide(clusterId, kept, request));
    kept.last = answer.catch(() => {});
    return await answer;
  }

  async #decide(
    clusterId: string,
    kept: Kept,
    request: WitnessRequest,
  ): Promise<WitnessAnswer> {
    const { now, write } = this.#options;
    const decision = decideWitness(kept.state, clusterId, request, now());
    if (decision.write && !promisesMore(kept.state.record, decision.write)) {
      this.#note(clusterId, kept, decision.write);
    } else if (decision.write) {
      // An older record must not come over it.
      await kept.noted;
      try {
        await write(this.#path(clusterId), JSON.stringify(decision.write));
      } catch (cause) {
        // Whether it will be read after a start is not known: as it would be then, nobody else gets
        // the grant before this one has ended.
        const { liveUntil } = decision.state;
        kept.state = {
          ...kept.state,
          liveUntil: Math.max(liveUntil, kept.state.liveUntil),
        };
        throw new AntiphonError("unavailable", "The witness cannot write its record", { cause });
      }
    }
    kept.state = decision.state;
    return decision.answer;
  }

  /** Writes a position down now and then. One that is lost promised nothing. */
  #note(clusterId: string, kept: Kept, record: WitnessRecord): void {
    const { now, write } = this.#options;
    if (now() - kept.notedAt < NOTE_MS) return;
    kept.notedAt = now();
    kept.noted = kept.noted.then(() => write(this.#path(clusterId), JSON.stringify(record)))
      .catch(() => {});
  }

  #kept(clusterId: string): Promise<Kept> {
    let kept = this.#clusters.get(clusterId);
    if (kept) return kept;
    if (this.#clusters.size >= MAX_CLUSTERS) {
      throw new AntiphonError("unavailable", "This witness has too many clusters");
    }
    kept = this.#load(clusterId);
    this.#clusters.set(clusterId, kept);
    // Read again at the next question.
    kept.catch(() => this.#clusters.delete(clusterId));
    return kept;
  }

  async #load(clusterId: string): Promise<Kept> {
    const path = this.#path(clusterId);
    let record: WitnessRecord | null = null;
    try {
      record = WitnessRecord.parse(JSON.parse(await Deno.readTextFile(path)));
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) {
        // To count it as none would give away what it promised.
        throw new AntiphonError("unavailable", `The witness's record ${path} cannot be read`, {
          cause,
        });
      }
    }
    const now = this.#options.now();
    const done = Promise.resolve();
    return { state: bootWitness(record, now), last: done, noted: done, notedAt: now };
  }

  #path(clusterId: string): string {
    return join(this.#options.folder, `${clusterId}.json`);
  }
}
