import type { AnswerOptions } from "./answer_options.ts";

/** A re-INVITE of the peer, waiting for our answer. */
export interface Reinvite {
  /** The offer; undefined when the peer asks us to make one, which `accept` then takes. */
  readonly sdp: string | undefined;
  /** Whether it is answered, withdrawn or out of time. */
  readonly settled: boolean;
  /** Answers 200 with this session description. Ignored once settled. */
  accept(sdp: string, options?: AnswerOptions): void;
  /** Refuses it; the session stays as it was. Ignored once settled. */
  reject(status: number, options?: AnswerOptions): void;
}
