import type { WebSocket } from "@cloudflare/workers-types";

/** What a socket's attachment remembers over hibernation. Times are epoch ms. */
export interface SocketState {
  /** Waiting for hello, or in use. */
  phase: "new" | "ready";
  openedAt: number;
  /** When its access token ends. */
  until: number;
}

/** Reads a socket's state. */
export function socketState(socket: WebSocket): SocketState {
  return socket.deserializeAttachment() as SocketState;
}
