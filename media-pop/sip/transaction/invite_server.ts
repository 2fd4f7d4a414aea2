import { actions } from "./actions.ts";
import { TIMINGS } from "./timings.ts";
import type { TransactionState, TransactionStep } from "./transaction_step.ts";

/** Phases of RFC 3261 figure 7, with "accepted" of RFC 6026. */
export type InviteServerPhase =
  | "proceeding"
  | "accepted"
  | "completed"
  | "confirmed"
  | "terminated";

/** Requests from the wire, answers of the user by class, timers, a failure to send. */
export type InviteServerEvent =
  | "request"
  | "ack"
  | "provisional"
  | "success"
  | "failure"
  | "G"
  | "H"
  | "I"
  | "L"
  | "transport";

type State = TransactionState<InviteServerPhase>;
type Step = TransactionStep<InviteServerPhase>;

const { send, deliver, end, set, clear } = actions;
const { t1, t2, t4, patience } = TIMINGS;

/**
 * The INVITE server transaction (RFC 3261 section 17.2.1, RFC 6026 section 7.1). Retransmission
 * of a 2xx until its ACK is the user's business: in "accepted" a repeated INVITE is swallowed.
 */
export function inviteServer(state: State, event: InviteServerEvent, reliable: boolean): Step {
  const to = (phase: InviteServerPhase, ...todo: Step["actions"]): Step => ({
    state: { ...state, phase },
    actions: todo,
  });
  switch (state.phase) {
    case "proceeding":
      if (event === "request" || event === "provisional") return to("proceeding", send);
      if (event === "success") return to("accepted", send, set("L", patience));
      if (event === "failure") {
        const timers = reliable ? [set("H", patience)] : [set("G", t1), set("H", patience)];
        return { state: { phase: "completed", interval: t1 }, actions: [send, ...timers] };
      }
      return to("proceeding");
    case "accepted":
      if (event === "success") return to("accepted", send);
      if (event === "ack") return to("accepted", deliver);
      return event === "L" ? to("terminated", end) : to("accepted");
    case "completed":
      if (event === "request") return to("completed", send);
      if (event === "G") {
        const interval = Math.min(state.interval * 2, t2);
        return { state: { phase: "completed", interval }, actions: [send, set("G", interval)] };
      }
      if (event === "H" || event === "transport") return to("terminated", end);
      if (event !== "ack") return to("completed");
      return reliable
        ? to("terminated", end)
        : to("confirmed", clear("G"), clear("H"), set("I", t4));
    case "confirmed":
      return event === "I" ? to("terminated", end) : to("confirmed");
    case "terminated":
      return to("terminated");
  }
}
