import type { Kysely, Transaction } from "kysely";
import { signSnapshot } from "../../protocol/snapshot_signature/sign_snapshot.ts";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";
import type { ChangeSignal } from "./change_signal.ts";
import { type SignedSnapshot, toSnapshot } from "./snapshot.ts";

/** How long a snapshot is good for without a word of a change, in milliseconds. */
export const FRESH_MS = 5_000;

/** Reads the content of a snapshot; null when what it is for does not exist. */
export type SnapshotBuilder = (tx: Transaction<ControlTables>) => Promise<object | null>;

interface Kept {
  at: number;
  generation: number;
  snapshot: Promise<SignedSnapshot | null>;
}

/** Snapshots by name, built once a change however many ask for them. */
export class SnapshotStore {
  readonly #kept = new Map<string, Kept>();
  readonly #db: Kysely<ControlTables>;
  readonly #changes: ChangeSignal;
  readonly #now: () => number;
  readonly #key: PrivateServiceKey;

  constructor(from: Pick<ControlPlaneContext, "db" | "changes" | "now" | "key">) {
    this.#db = from.db;
    this.#changes = from.changes;
    this.#now = from.now;
    this.#key = from.key;
  }

  /** The snapshot of this name, the service that it is for, as of now. Null: there is none. */
  get(name: string, build: SnapshotBuilder): Promise<SignedSnapshot | null> {
    const generation = this.#changes.generation;
    const at = this.#now();
    const known = this.#kept.get(name);
    if (known && known.generation === generation && at - known.at < FRESH_MS) {
      return known.snapshot;
    }
    const snapshot = this.#build(name, build);
    const kept = { at, generation, snapshot };
    this.#kept.set(name, kept);
    const forget = () => {
      if (this.#kept.get(name) === kept) this.#kept.delete(name);
    };
    snapshot.then((built) => built === null && forget(), forget);
    return snapshot;
  }

  /**
   * The snapshot once its version differs from `seen`, or as it is after `waitMs` milliseconds or
   * when a signal aborts.
   */
  async wait(
    name: string,
    build: SnapshotBuilder,
    { seen, waitMs, signals }: {
      seen: (version: string) => boolean;
      waitMs: number;
      signals: AbortSignal[];
    },
  ): Promise<SignedSnapshot | null> {
    // By the monotonic clock: a step of the wall clock must not prolong the wait.
    const until = performance.now() + waitMs;
    for (;;) {
      const generation = this.#changes.generation;
      const snapshot = await this.get(name, build);
      const left = until - performance.now();
      const over = left <= 0 || signals.some((signal) => signal.aborted);
      if (over || snapshot === null || !seen(snapshot.version)) return snapshot;
      await this.#changes.wait(generation, Math.min(left, FRESH_MS), ...signals);
    }
  }

  /** One repeatable read, so that a snapshot never shows half of a change, nor another's number. */
  async #build(service: string, build: SnapshotBuilder): Promise<SignedSnapshot | null> {
    const read = await this.#db.transaction().setIsolationLevel("repeatable read")
      .setAccessMode("read only").execute(async (tx) => {
        const { value } = await tx.selectFrom("control.revision").select("value")
          .executeTakeFirstOrThrow();
        return { sequence: Number(value), content: await build(tx) };
      });
    if (read.content === null) return null;
    const snapshot = { ...toSnapshot(read.content), sequence: read.sequence };
    return { ...snapshot, signature: await signSnapshot({ ...snapshot, service }, this.#key) };
  }
}
