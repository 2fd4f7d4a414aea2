import type { TimerWheel, WheelTimer } from "../transport/timer_wheel.ts";
import type {
  TransactionAction,
  TransactionState,
  TransactionStep,
  TransactionTimer,
} from "./transaction_step.ts";

/** The doings of a machine's shell other than timers. */
export type Doer = (action: Exclude<TransactionAction["do"], "set" | "clear">) => void;

/** Runs a transaction's pure machine on the wheel. */
export class Machine<Phase extends string, Event extends string> {
  #state: TransactionState<Phase>;
  readonly #timers = new Map<TransactionTimer, WheelTimer>();

  constructor(
    readonly step: (
      state: TransactionState<Phase>,
      event: Event,
      reliable: boolean,
    ) => TransactionStep<Phase>,
    first: Phase,
    readonly reliable: boolean,
    readonly wheel: TimerWheel,
    readonly doer: Doer,
  ) {
    this.#state = { phase: first, interval: 0 };
  }

  get phase(): Phase {
    return this.#state.phase;
  }

  /** Takes an event and does what follows from it. */
  take(event: Event): void {
    const { state, actions } = this.step(this.#state, event, this.reliable);
    this.#state = state;
    for (const action of actions) {
      if (action.do === "set") this.#set(action.timer, action.after);
      else if (action.do === "clear") this.#clear(action.timer);
      else {
        if (action.do === "end") this.stop();
        this.doer(action.do);
      }
    }
  }

  /** Stops every timer. */
  stop(): void {
    for (const timer of this.#timers.values()) this.wheel.clear(timer);
    this.#timers.clear();
  }

  #set(timer: TransactionTimer, after: number): void {
    this.#clear(timer);
    this.#timers.set(
      timer,
      this.wheel.set(after, () => {
        this.#timers.delete(timer);
        // the timers a machine sets are among its events
        this.take(timer as string as Event);
      }),
    );
  }

  #clear(timer: TransactionTimer): void {
    this.wheel.clear(this.#timers.get(timer));
    this.#timers.delete(timer);
  }
}
