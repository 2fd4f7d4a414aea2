import { actions } from "./actions.ts";
import { TIMINGS } from "./timings.ts";
import type { TransactionState, TransactionStep } from "./transaction_step.ts";

/** Phases of RFC 3261 figure 8. */
export type NonInviteServerPhase = "trying" | "proceeding" | "completed" | "terminated";

/** Requests from the wire, answers of the user by class, the timer, a failure to send. */
export type NonInviteServerEvent =
  | "request"
  | "provisional"
  | "success"
  | "failure"
  | "J"
  | "transport";

type State = TransactionState<NonInviteServerPhase>;
type Step = TransactionStep<NonInviteServerPhase>;

const { send, end, set } = actions;

/** The non-INVITE server transaction (RFC 3261 section 17.2.2). */
export function nonInviteServer(
  state: State,
  event: NonInviteServerEvent,
  reliable: boolean,
): Step {
  const to = (phase: NonInviteServerPhase, ...todo: Step["actions"]): Step => ({
    state: { ...state, phase },
    actions: todo,
  });
  const { phase } = state;
  if (phase === "terminated") return to(phase);
  if (event === "transport") return to("terminated", end);
  if (phase === "completed") {
    if (event === "J") return to("terminated", end);
    return event === "request" ? to(phase, send) : to(phase);
  }
  if (event === "request") return phase === "trying" ? to(phase) : to(phase, send);
  if (event === "provisional") return to("proceeding", send);
  if (event === "J") return to(phase);
  return reliable ? to("terminated", send, end) : to("completed", send, set("J", TIMINGS.patience));
}
