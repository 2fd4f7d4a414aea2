import type { TransactionAction, TransactionTimer } from "./transaction_step.ts";

/** Short names for the actions of the transaction machines. */
export const actions = {
  send: { do: "send" },
  ack: { do: "ack" },
  deliver: { do: "deliver" },
  timeout: { do: "timeout" },
  failed: { do: "failed" },
  end: { do: "end" },
  set: (timer: TransactionTimer, after: number): TransactionAction => ({ do: "set", timer, after }),
  clear: (timer: TransactionTimer): TransactionAction => ({ do: "clear", timer }),
} as const satisfies Record<string, TransactionAction | ((...of: never[]) => TransactionAction)>;
