import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { TransactionLayer } from "../transaction/transaction_layer.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { TimerWheel } from "../transport/timer_wheel.ts";
import type { Dialog } from "./dialog.ts";
import type { LiveCall, PlacedCall } from "./live_call.ts";

/** What calls share. */
export interface CallContext {
  readonly layer: TransactionLayer;
  readonly wheel: TimerWheel;
  readonly token: (octets: number) => string;
  readonly log: Logger;
  readonly counters: Counters;
  /** Server and User-Agent value. */
  readonly product: string;
  /** Live calls by {@linkcode callKey}. */
  readonly calls: Map<string, LiveCall>;
  /** Calls placed, kept a while after their end for late answers. */
  readonly placed: Map<string, PlacedCall>;
  readonly limits: CallLimits;
  /** The flow for a request of a dialog whose peer was last heard over `base`. */
  flowFor(dialog: Dialog, base: SipFlow): SipFlow;
}

/** Deadlines of a call in milliseconds; each can be moved by `setDeadline` of the call. */
export interface CallLimits {
  /** From an INVITE in to our final answer. */
  readonly answer: number;
  /** From an INVITE out to the peer's final answer. */
  readonly ring: number;
  /** From the answer to the end of the call. */
  readonly session: number;
  /** From a re-INVITE in to our answer. */
  readonly reinvite: number;
}
