import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";

/** What is kept with a socket while its object sleeps. */
export interface ConnectionState {
  id: string;
  openedAt: number;
  /** `new` before its hello was taken, `closed` once the edge has closed it. */
  phase: "new" | "open" | "closed";
  /** When its access token ends, in seconds since the Unix epoch. */
  tokenEnds: number;
}

/** One desktop's socket in the hands of a session. */
export interface SessionConnection {
  state: ConnectionState;
  /** When its last ping was answered, in milliseconds; null before the first. */
  readonly pingedAt: number | null;
  /** Sends a frame; a socket that is gone takes it silently. */
  send(frame: SessionFrame): void;
  close(code: number, reason: string): void;
}
