import { configurationChanged } from "../configuration/configuration_changed.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { interactionRecordOf } from "../interactions/interaction_record_of.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import type { CommitUnit, StoredEffect } from "../log/commit_unit.ts";
import type { LoggedEvent } from "../log/logged_event.ts";
import { DeadlineQueue } from "./deadline_queue.ts";
import { decide } from "./decide.ts";
import { replay } from "./replay.ts";
import type { EncodedState } from "./snapshot/encode_state.ts";
import { SnapshotTaker } from "./snapshot/snapshot_taker.ts";
import type { TenantCommand } from "./tenant_command.ts";
import type { TenantEvent } from "./tenant_event.ts";
import { emptyTenantState, type TenantState } from "./tenant_state.ts";
import type { Transition } from "./transition.ts";

export type { LoggedEvent };

/** Answers to commands that are remembered for repeats. */
const ANSWERS = 2000;

/** Where a runner's snapshots are kept. */
export interface RunnerSnapshots {
  /** Events between two of them at least. */
  every: number;
  /** The state of the newest good one; null when there is none. */
  newest: () => Promise<TenantState | null>;
  /** Stores one whose last event is durable. */
  store: (encoded: EncodedState) => Promise<void>;
  /** Runs `run` after what is ready now has had its turn. */
  later: (run: () => void) => void;
  failed: (error: unknown) => void;
}

/** What a runner needs of the world. */
export interface TenantRunnerPorts {
  tenantId: string;
  clusterId: string;
  epoch: number;
  now: () => number;
  newId: () => string;
  /** The tenant's log, oldest first, from behind the event of number `after`. */
  read: (after: number) => AsyncIterable<LoggedEvent>;
  /** Left out, the state is always made of the whole log. */
  snapshots?: RunnerSnapshots;
  /**
   * A state to begin with the first time, of this very log, and the number of the snapshot it was
   * made of. It is the runner's from then on.
   */
  warm?: { state: TenantState; from: number };
  /** Ids of the commands carried out lately that are stored with the log, oldest first. */
  carriedOut?: (most: number) => Promise<readonly string[]>;
  commit: (unit: CommitUnit, failed: () => void) => Promise<void>;
  /** Called with effects once they are committed. */
  deliver: (tenantId: string, effects: readonly StoredEffect[]) => void;
  /**
   * Called when the state has been made from the log: effects that were committed and are not
   * under way are to be delivered. After a commit whose outcome was unknown there may be some.
   */
  recover: (tenantId: string) => Promise<void>;
  /** Called when the log turns out to be another process's: this one must end. */
  lost?: (error: unknown) => void;
  /** Called whenever the runner's next deadline may have moved. */
  deadlineMoved: (at: number | null) => void;
}

/**
 * Runs one tenant's machine: decides on commands one after the other, commits what follows, and
 * only then lets the effects out. When a commit fails the state is read anew from the log, and the
 * first decision is on what the configuration of now means for it.
 */
export class TenantRunner {
  #state: TenantState = emptyTenantState();
  #deadlines = new DeadlineQueue();
  #loading: Promise<void> | null = null;
  #stale = true;
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #committing = new Set<Promise<void>>();
  readonly #taker: SnapshotTaker | null;
  #warm: TenantRunnerPorts["warm"];

  constructor(readonly ports: TenantRunnerPorts, public configuration: ConfigurationIndex) {
    this.#warm = ports.warm;
    this.#taker = ports.snapshots ? new SnapshotTaker(ports.snapshots) : null;
  }

  /** The state as decided; commits may still be under way. For reading only. */
  get state(): TenantState {
    return this.#state;
  }

  /**
   * Makes the state from the newest snapshot and the log behind it, if it is not there yet.
   * @throws AntiphonError `unavailable` when they cannot be read, `database_unavailable`,
   * `stale_epoch`
   */
  async load(): Promise<void> {
    while (this.#stale) {
      this.#loading ??= this.#replay().finally(() => this.#loading = null);
      try {
        await this.#loading;
      } catch (cause) {
        if (!(cause instanceof AntiphonError)) {
          throw new AntiphonError("database_unavailable", "The log cannot be read", { cause });
        }
        if (cause.code === "stale_epoch") this.ports.lost?.(cause);
        throw cause;
      }
    }
  }

  /**
   * Decides on a command and resolves once its events are durable.
   * @throws AntiphonError when the command is refused, or `database_unavailable`
   */
  submit(command: TenantCommand, popPosition?: CommitUnit["popPosition"]): Promise<Transition> {
    return this.#submit(command, popPosition ? { popPosition } : {});
  }

  async #submit(
    command: TenantCommand,
    beside: Pick<CommitUnit, "popPosition" | "commandId">,
  ): Promise<Transition> {
    while (this.#stale) await this.load();
    const firstSeq = this.#state.seq + 1;
    const transition = this.#decide(command);
    const nothing = transition.events.length === 0 && !beside.popPosition && !beside.commandId;
    if (nothing) return transition;
    const unit = this.#unitOf(transition, firstSeq, beside);
    const committing = this.ports.commit(unit, () => this.#abandon());
    this.#committing.add(committing);
    try {
      await committing;
    } catch (cause) {
      throw new AntiphonError("database_unavailable", "Nothing was changed; try again", { cause });
    } finally {
      this.#committing.delete(committing);
    }
    this.#taker?.committed(firstSeq + unit.events.length - 1);
    this.ports.deliver(this.ports.tenantId, unit.effects);
    return transition;
  }

  /**
   * Like {@linkcode submit}, but a `commandId` seen lately is answered as it was the first time:
   * also after a restart it has no second effect.
   */
  async submitOnce(commandId: string, command: TenantCommand): Promise<void> {
    if (this.#stale) await this.load();
    let answer = this.#answers.get(commandId);
    if (!answer) {
      answer = this.#submit(command, { commandId });
      this.#remember(commandId, answer);
      // A command that nothing came of may be tried again.
      answer.catch((error) => {
        if (error?.code === "database_unavailable") this.#answers.delete(commandId);
      });
    }
    await answer;
  }

  /**
   * What `view` makes of the state as it is now, once all that it shows is durable: nobody is shown
   * what may yet turn out never to have happened.
   * @throws AntiphonError `database_unavailable` when it did
   */
  async shown<T>(view: (state: TenantState) => T): Promise<T> {
    while (this.#stale) await this.load();
    const made = view(this.#state);
    try {
      await Promise.all(this.#committing);
    } catch (cause) {
      throw new AntiphonError("database_unavailable", "It was taken back; try again", { cause });
    }
    return made;
  }

  /** Takes a last snapshot, for the end of the process. Call it when nothing is submitted any more. */
  async close(): Promise<void> {
    await this.#taker?.close();
  }

  /** Submits what is due now, and tells when the next deadline is. */
  async runDeadlines(): Promise<void> {
    if (this.#stale) await this.load();
    const interactionIds = this.#deadlines.due(this.ports.now());
    if (interactionIds.length > 0) await this.submit({ type: "deadline", interactionIds });
    this.ports.deadlineMoved(this.#deadlines.next());
  }

  /** What a decision leaves behind. If that cannot be said, the decision is taken back. */
  #unitOf(
    transition: Transition,
    firstSeq: number,
    beside: Pick<CommitUnit, "popPosition" | "commandId">,
  ): CommitUnit {
    const { tenantId, clusterId, epoch } = this.ports;
    const { at, events, messages, traces } = transition;
    try {
      this.#moveDeadlines(events);
      const ended = transition.ended.map((it) =>
        interactionRecordOf(this.#state, it, { tenantId, clusterId, epoch })
      );
      const effects = transition.effects.map((effect, i) => ({
        id: `${tenantId}:${firstSeq}:${i}`,
        effect,
      }));
      return { tenantId, firstSeq, at, events, effects, messages, ended, traces, ...beside };
    } catch (error) {
      this.#abandon();
      throw error;
    }
  }

  #decide(command: TenantCommand): Transition {
    const before = this.#state.seq;
    try {
      return decide(this.#state, command, {
        at: this.ports.now(),
        newId: this.ports.newId,
        configuration: this.configuration,
      });
    } catch (error) {
      // A decider that fails half way leaves a state no log knows: read it anew.
      if (this.#state.seq !== before) this.#abandon();
      throw error;
    } finally {
      if (command.type === "deadline") {
        for (const id of command.interactionIds) this.#moveDeadline(id);
      }
    }
  }

  async #replay(): Promise<void> {
    // What was decided before the state was given up may still come to stand in the log.
    await Promise.allSettled(this.#committing);
    const warm = this.#warm;
    // Whatever comes of it, it was changed.
    this.#warm = undefined;
    const base = warm?.state ?? await this.ports.snapshots?.newest() ?? emptyTenantState();
    const from = warm?.from ?? base.seq;
    const state = await replay(base, this.ports.read(base.seq));
    for (const id of await this.ports.carriedOut?.(ANSWERS) ?? []) {
      this.#remember(id, Promise.resolve());
    }
    this.#state = state;
    this.#deadlines = new DeadlineQueue();
    for (const id of state.interactions.keys()) this.#moveDeadline(id);
    await this.ports.recover(this.ports.tenantId);
    this.#stale = false;
    this.#taker?.loaded(state, from);
    this.ports.deadlineMoved(this.#deadlines.next());
    // The log may not know of the configuration yet. If this cannot be committed the state is made
    // anew, and begins with it again.
    this.submit(configurationChanged(this.configuration)).catch(() => {});
  }

  /** The state holds what the log does not: it is made anew before anything else is decided. */
  #abandon(): void {
    this.#stale = true;
    this.#taker?.dropped();
    // What was decided may have moved deadlines that hold again.
    this.ports.deadlineMoved(this.ports.now());
  }

  #remember(commandId: string, answer: Promise<unknown>): void {
    this.#answers.set(commandId, answer);
    if (this.#answers.size > ANSWERS) this.#answers.delete(this.#answers.keys().next().value!);
  }

  #moveDeadlines(events: readonly TenantEvent[]): void {
    for (const event of events) {
      if ("interactionId" in event) this.#moveDeadline(event.interactionId);
    }
    this.ports.deadlineMoved(this.#deadlines.next());
  }

  #moveDeadline(id: string): void {
    const it = this.#state.interactions.get(id);
    this.#deadlines.set(id, it ? nextDeadline(it) : null);
  }
}
