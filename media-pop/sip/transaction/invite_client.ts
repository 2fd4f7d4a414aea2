import { actions } from "./actions.ts";
import { TIMINGS } from "./timings.ts";
import type { TransactionState, TransactionStep } from "./transaction_step.ts";

/** Phases of RFC 3261 figure 5, with "accepted" of RFC 6026. */
export type InviteClientPhase = "calling" | "proceeding" | "accepted" | "completed" | "terminated";

/** What may happen to it: responses by class, timers, a failure to send. */
export type InviteClientEvent =
  | "start"
  | "provisional"
  | "success"
  | "failure"
  | "A"
  | "B"
  | "D"
  | "M"
  | "transport";

type State = TransactionState<InviteClientPhase>;
type Step = TransactionStep<InviteClientPhase>;

const { send, ack, deliver, timeout, failed, end, set, clear } = actions;
const { t1, patience } = TIMINGS;

/** The INVITE client transaction (RFC 3261 section 17.1.1, RFC 6026 section 7.2). */
export function inviteClient(state: State, event: InviteClientEvent, reliable: boolean): Step {
  const to = (phase: InviteClientPhase, ...todo: Step["actions"]): Step => ({
    state: { ...state, phase },
    actions: todo,
  });
  switch (state.phase) {
    case "calling":
      if (event === "start") {
        const timers = reliable ? [set("B", patience)] : [set("A", t1), set("B", patience)];
        return { state: { phase: "calling", interval: t1 }, actions: [send, ...timers] };
      }
      if (event === "A") {
        const interval = state.interval * 2;
        return { state: { phase: "calling", interval }, actions: [send, set("A", interval)] };
      }
      if (event === "B") return to("terminated", timeout, end);
      if (event === "transport") return to("terminated", failed, end);
      return answered(event, reliable, to);
    case "proceeding":
      return answered(event, reliable, to);
    case "accepted":
      if (event === "success") return to("accepted", deliver);
      return event === "M" ? to("terminated", end) : to("accepted");
    case "completed":
      if (event === "failure") return to("completed", ack);
      return event === "D" || event === "transport" ? to("terminated", end) : to("completed");
    case "terminated":
      return to("terminated");
  }
}

type To = (phase: InviteClientPhase, ...todo: Step["actions"]) => Step;

function answered(event: InviteClientEvent, reliable: boolean, to: To): Step {
  const quiet = [clear("A"), clear("B")];
  if (event === "provisional") return to("proceeding", ...quiet, deliver);
  if (event === "success") return to("accepted", ...quiet, set("M", patience), deliver);
  if (event === "failure") {
    return reliable
      ? to("terminated", ...quiet, ack, deliver, end)
      : to("completed", ...quiet, ack, set("D", patience), deliver);
  }
  return to("proceeding");
}
