import type { VerifiedAccess } from "../../../protocol/access_token/verify_access_token.ts";
import { SESSION_CLOSE } from "../../../protocol/agent_session/session_frame.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { closeReason } from "./close_reason.ts";
import { parseDesktopFrame } from "./parse_desktop_frame.ts";

/** The part of a WebSocket that the relay uses. */
export interface RelaySocket {
  send(data: string | ArrayBuffer): void;
  close(code: number, reason: string): void;
  addEventListener(type: "message", listen: (e: { data: string | ArrayBuffer }) => void): void;
  addEventListener(type: "close", listen: (e: { code: number; reason: string }) => void): void;
  addEventListener(type: "error", listen: () => void): void;
}

/** What the relay needs of the world. */
export interface SessionRelayPorts {
  /** @throws AntiphonError when the token is not good */
  verify(accessToken: string): Promise<VerifiedAccess>;
  /** Opens a socket to the agent's session object. */
  open(access: VerifiedAccess): Promise<RelaySocket>;
  timer(ms: number, run: () => void): () => void;
  log: Logger;
}

const HELLO_MS = 5_000;
/** Frames that may come while the session is being opened. */
const MOST_EARLY = 32;
const GOING_AWAY = 1001;
const INTERNAL = 1011;
const TRY_AGAIN_LATER = 1013;

/**
 * Joins a desktop's socket to its agent's session object. Only the first frame tells whose it is:
 * the relay waits for that `hello`, verifies its token, and hands it and all that follows through.
 */
export function relaySession(desktop: RelaySocket, ports: SessionRelayPorts): void {
  let session: RelaySocket | null = null;
  let over = false;
  let first = true;
  const early: (string | ArrayBuffer)[] = [];
  const end = (code: number, reason: string) => {
    if (over) return;
    over = true;
    cancel();
    close(desktop, code, reason);
    if (session) close(session, GOING_AWAY, "");
  };
  const cancel = ports.timer(HELLO_MS, () => end(SESSION_CLOSE.helloTimeout, "no hello came"));

  const greet = async (data: string | ArrayBuffer) => {
    try {
      const frame = parseDesktopFrame(data);
      if (frame.type !== "hello") throw new AntiphonError("frame_invalid", "type: hello first");
      const access = await ports.verify(frame.accessToken);
      const opened = await ports.open(access);
      if (over) return close(opened, GOING_AWAY, "");
      cancel();
      session = opened;
      opened.addEventListener("message", (event) => attempt(() => desktop.send(event.data)));
      opened.addEventListener("close", ({ code, reason }) => end(speakable(code), reason));
      opened.addEventListener("error", () => end(INTERNAL, "the session was lost"));
      opened.send(data);
      for (const frame of early.splice(0)) opened.send(frame);
    } catch (error) {
      const code = error instanceof AntiphonError ? error.code : "internal";
      if (code === "internal") ports.log.error("session.not_opened", { error });
      end(closeCode(code), error instanceof AntiphonError ? error.message : code);
    }
  };

  desktop.addEventListener("message", ({ data }) => {
    if (over) return;
    if (session) return attempt(() => session?.send(data));
    if (first) {
      first = false;
      return void greet(data);
    }
    if (early.push(data) > MOST_EARLY) end(SESSION_CLOSE.tooMany, "wait for the welcome");
  });
  desktop.addEventListener("close", () => end(GOING_AWAY, ""));
  desktop.addEventListener("error", () => end(GOING_AWAY, ""));
}

function closeCode(code: string): number {
  if (code === "frame_invalid") return SESSION_CLOSE.badFrame;
  if (["unauthenticated", "token_expired", "forbidden"].includes(code)) {
    return SESSION_CLOSE.unauthenticated;
  }
  return TRY_AGAIN_LATER;
}

/** A close code that may be sent on (RFC 6455 section 7.4): 1005 and 1006 only say what was not. */
function speakable(code: number): number {
  return code === 1000 || (code >= 3000 && code <= 4999) ? code : INTERNAL;
}

function close(socket: RelaySocket, code: number, reason: string): void {
  attempt(() => socket.close(code, closeReason(reason)));
}

/** A socket that is closing throws; its close event follows and ends the relay. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // See above.
  }
}
