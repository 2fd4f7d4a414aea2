import { actions } from "./actions.ts";
import { TIMINGS } from "./timings.ts";
import type { TransactionState, TransactionStep } from "./transaction_step.ts";

/** Phases of RFC 3261 figure 6. */
export type NonInviteClientPhase = "trying" | "proceeding" | "completed" | "terminated";

/** What may happen to it: responses by class, timers, a failure to send. */
export type NonInviteClientEvent =
  | "start"
  | "provisional"
  | "success"
  | "failure"
  | "E"
  | "F"
  | "K"
  | "transport";

type State = TransactionState<NonInviteClientPhase>;
type Step = TransactionStep<NonInviteClientPhase>;

const { send, deliver, timeout, failed, end, set, clear } = actions;
const { t1, t2, t4, patience } = TIMINGS;

/** The non-INVITE client transaction (RFC 3261 section 17.1.2). */
export function nonInviteClient(
  state: State,
  event: NonInviteClientEvent,
  reliable: boolean,
): Step {
  const to = (phase: NonInviteClientPhase, ...todo: Step["actions"]): Step => ({
    state: { ...state, phase },
    actions: todo,
  });
  const { phase } = state;
  if (phase === "terminated") return to(phase);
  if (phase === "completed") return event === "K" ? to("terminated", end) : to(phase);
  switch (event) {
    case "start": {
      const timers = reliable ? [set("F", patience)] : [set("E", t1), set("F", patience)];
      return { state: { phase: "trying", interval: t1 }, actions: [send, ...timers] };
    }
    case "E": {
      const interval = phase === "proceeding" ? t2 : Math.min(state.interval * 2, t2);
      return { state: { phase, interval }, actions: [send, set("E", interval)] };
    }
    case "F":
      return to("terminated", timeout, end);
    case "transport":
      return to("terminated", failed, end);
    case "provisional":
      return to("proceeding", deliver);
    case "success":
    case "failure":
      return reliable
        ? to("terminated", clear("F"), deliver, end)
        : to("completed", clear("E"), clear("F"), set("K", t4), deliver);
    case "K":
      return to(phase);
  }
}
