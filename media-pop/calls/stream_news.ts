import type { StreamFault, TranscriptAuthor } from "../../protocol/pop_link/call_stream.ts";

/** What a stream tells its call. */
export type StreamNews =
  /** The bot's socket was accepted. */
  | { type: "stream-opened" }
  /** The bot's first audio has come. */
  | { type: "stream-heard" }
  | { type: "stream-message"; author: TranscriptAuthor; text: string }
  /** The bot is done, and all it said before was played. */
  | {
    type: "stream-outcome";
    outcome: "handled" | "escalated";
    reason: string | null;
    variables: Record<string, string>;
    /** Compact JWE by name. */
    sealed: Record<string, string>;
  }
  | { type: "stream-lost"; fault: StreamFault };
