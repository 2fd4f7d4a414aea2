/** Timers of RFC 3261 section 17, L and M of RFC 6026. */
export type TransactionTimer =
  | "A"
  | "B"
  | "D"
  | "E"
  | "F"
  | "G"
  | "H"
  | "I"
  | "J"
  | "K"
  | "L"
  | "M";

/** What a machine asks its shell to do, in order. */
export type TransactionAction =
  /** Put the transaction's present message on the wire (again). */
  | { readonly do: "send" }
  /** Acknowledge the non-2xx answer (again). */
  | { readonly do: "ack" }
  /** Hand the message that came in to the user. */
  | { readonly do: "deliver" }
  /** Tell the user that nobody answered. */
  | { readonly do: "timeout" }
  /** Tell the user that the message could not be sent. */
  | { readonly do: "failed" }
  | { readonly do: "set"; readonly timer: TransactionTimer; readonly after: number }
  | { readonly do: "clear"; readonly timer: TransactionTimer }
  /** Forget the transaction. */
  | { readonly do: "end" };

/** Where a machine stands: its phase and the present retransmission interval in milliseconds. */
export interface TransactionState<Phase extends string> {
  readonly phase: Phase;
  readonly interval: number;
}

/** A transition. */
export interface TransactionStep<Phase extends string> {
  readonly state: TransactionState<Phase>;
  readonly actions: readonly TransactionAction[];
}
