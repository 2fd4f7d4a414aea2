import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import { closeReason } from "./close_reason.ts";
import type { ConnectionState, SessionConnection } from "./session_connection.ts";

/** A Durable Object's socket as a session sees it; its state is kept with the socket. */
export function socketConnection(ctx: DurableObjectState, socket: WebSocket): SessionConnection {
  return {
    get state() {
      return socket.deserializeAttachment() as ConnectionState;
    },
    set state(state: ConnectionState) {
      socket.serializeAttachment(state);
    },
    get pingedAt() {
      return ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? null;
    },
    send(frame: SessionFrame) {
      try {
        socket.send(JSON.stringify(frame));
      } catch {
        // The socket is closing; the desktop gets what it missed when it resumes.
      }
    },
    close(code: number, reason: string) {
      try {
        socket.close(code, closeReason(reason));
      } catch {
        // It is closed already.
      }
    },
  };
}
