import type { ConfigurationIndex } from "../configuration/configuration_index.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { interactionRecordOf } from "../interactions/interaction_record_of.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import type { CommitUnit, StoredEffect } from "../log/commit_unit.ts";
import { DeadlineQueue } from "./deadline_queue.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import type { TenantCommand } from "./tenant_command.ts";
import type { TenantEvent } from "./tenant_event.ts";
import { emptyTenantState, type TenantState } from "./tenant_state.ts";
import type { Transition } from "./transition.ts";

/** One record of a tenant's log. */
export interface LoggedEvent {
  at: number;
  event: TenantEvent;
}

/** Answers to commands that are remembered for repeats. */
const ANSWERS = 2000;

/** What a runner needs of the world. */
export interface TenantRunnerPorts {
  tenantId: string;
  clusterId: string;
  epoch: number;
  now: () => number;
  newId: () => string;
  /** The tenant's whole log, oldest first. */
  read: () => AsyncIterable<LoggedEvent>;
  commit: (unit: CommitUnit, failed: () => void) => Promise<void>;
  /** Called with effects once they are committed. */
  deliver: (tenantId: string, effects: readonly StoredEffect[]) => void;
  /**
   * Called when the state has been made from the log: effects that were committed and are not
   * under way are to be delivered. After a commit whose outcome was unknown there may be some.
   */
  recover: (tenantId: string) => Promise<void>;
  /** Called whenever the runner's next deadline may have moved. */
  deadlineMoved: (at: number | null) => void;
}

/**
 * Runs one tenant's machine: decides on commands one after the other, commits what follows, and
 * only then lets the effects out. When a commit fails the state is read anew from the log.
 */
export class TenantRunner {
  #state: TenantState = emptyTenantState();
  #deadlines = new DeadlineQueue();
  #loading: Promise<void> | null = null;
  #stale = true;
  readonly #answers = new Map<string, Promise<Transition>>();

  constructor(readonly ports: TenantRunnerPorts, public configuration: ConfigurationIndex) {}

  /** The state as decided; commits may still be under way. For reading only. */
  get state(): TenantState {
    return this.#state;
  }

  /** Makes the state from the log, if it is not there yet. */
  async load(): Promise<void> {
    while (this.#stale) {
      this.#loading ??= this.#replay().finally(() => this.#loading = null);
      await this.#loading;
    }
  }

  /**
   * Decides on a command and resolves once its events are durable.
   * @throws AntiphonError when the command is refused, or `database_unavailable`
   */
  async submit(
    command: TenantCommand,
    popPosition?: CommitUnit["popPosition"],
  ): Promise<Transition> {
    if (this.#stale) await this.load();
    const firstSeq = this.#state.seq + 1;
    const transition = this.#decide(command);
    const { events, messages } = transition;
    if (events.length === 0 && !popPosition) return transition;
    const effects = transition.effects.map((effect, i) => ({
      id: `${this.ports.tenantId}:${firstSeq}:${i}`,
      effect,
    }));
    const ended = transition.ended.map((it) =>
      interactionRecordOf(this.#state, it, {
        tenantId: this.ports.tenantId,
        clusterId: this.ports.clusterId,
        epoch: this.ports.epoch,
      })
    );
    this.#moveDeadlines(events);
    const unit: CommitUnit = {
      tenantId: this.ports.tenantId,
      firstSeq,
      at: transition.at,
      events,
      effects,
      messages,
      ended,
      ...(popPosition ? { popPosition } : {}),
    };
    try {
      await this.ports.commit(unit, () => this.#stale = true);
    } catch (cause) {
      throw new AntiphonError("database_unavailable", "Nothing was changed; try again", { cause });
    }
    this.ports.deliver(this.ports.tenantId, effects);
    return transition;
  }

  /**
   * Like {@linkcode submit}, but a `commandId` seen lately is answered as it was the first time.
   */
  submitOnce(commandId: string, command: TenantCommand): Promise<Transition> {
    let answer = this.#answers.get(commandId);
    if (!answer) {
      answer = this.submit(command);
      this.#answers.set(commandId, answer);
      if (this.#answers.size > ANSWERS) this.#answers.delete(this.#answers.keys().next().value!);
      // A command that nothing came of may be tried again.
      answer.catch((error) => {
        if (error?.code === "database_unavailable") this.#answers.delete(commandId);
      });
    }
    return answer;
  }

  /** Submits what is due now. Resolves with whether anything was. */
  async runDeadlines(): Promise<boolean> {
    if (this.#stale) await this.load();
    const interactionIds = this.#deadlines.due(this.ports.now());
    if (interactionIds.length === 0) return false;
    await this.submit({ type: "deadline", interactionIds });
    this.ports.deadlineMoved(this.#deadlines.next());
    return true;
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
      if (this.#state.seq !== before) this.#stale = true;
      throw error;
    } finally {
      if (command.type === "deadline") {
        for (const id of command.interactionIds) this.#moveDeadline(id);
      }
    }
  }

  async #replay(): Promise<void> {
    const state = emptyTenantState();
    for await (const { at, event } of this.ports.read()) evolve(state, event, at);
    this.#state = state;
    this.#deadlines = new DeadlineQueue();
    for (const id of state.interactions.keys()) this.#moveDeadline(id);
    await this.ports.recover(this.ports.tenantId);
    this.#stale = false;
    this.ports.deadlineMoved(this.#deadlines.next());
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
