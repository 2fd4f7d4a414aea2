import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import {
  type DesktopFrame,
  SESSION_CLOSE,
  SessionFrame,
} from "../../../protocol/agent_session/session_frame.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/clock.ts";
import { CommandLedger } from "./command_ledger.ts";
import type { CommandOutcome } from "./command_outcome.ts";
import { SESSION_TIMES } from "./session_times.ts";
import type { SessionStatus } from "./session_status.ts";
import type { OpenSocket, SocketLike } from "./socket_like.ts";

/** What a {@linkcode SessionClient} needs of its surroundings. */
export interface SessionClientOptions {
  url: string;
  openSocket: OpenSocket;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  newId: () => string;
  accessToken: () => string;
  /** Gets a fresh token; null when the sign-in is over. Rejects when that cannot be told now. */
  renewToken: () => Promise<string | null>;
  onFrame: (frame: SessionFrame) => void;
  onStatus: (status: SessionStatus) => void;
  log: Logger;
}

/**
 * The desktop's one socket to its session object at the edge: says hello, resumes from the last
 * numbered event after a drop, sends commands and correlates their results.
 */
export class SessionClient {
  #options: SessionClientOptions;
  #ledger: CommandLedger;
  #socket: SocketLike | null = null;
  #session: string | null = null;
  #lastSeq: number | null = null;
  #welcomed = false;
  #running = false;
  #online = true;
  #attempt = 0;
  #refusals = 0;
  #cancelWait: (() => void) | null = null;

  constructor(options: SessionClientOptions) {
    this.#options = options;
    this.#ledger = new CommandLedger(options.clock);
  }

  /** Connects, and stays connected until {@linkcode stop}. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#status("connecting");
    this.#connect();
  }

  /** Ends the session; waiting commands end as `unavailable`. */
  stop(): void {
    this.#running = false;
    this.#wait(null);
    this.#drop(1000, "signed out");
    this.#ledger.abandon();
  }

  /** Tries now instead of waiting, e.g. after "Retry" or when this window takes over again. */
  retryNow(): void {
    this.#running = true;
    if (this.#socket) return;
    this.#attempt = 0;
    this.#refusals = 0;
    this.#status("connecting");
    this.#connect();
  }

  /** Tells what the browser says of the network. */
  setOnline(online: boolean): void {
    this.#online = online;
    if (!this.#running) return;
    if (online && !this.#socket) return this.retryNow();
    if (!online && this.#welcomed) this.#ask();
    else if (!online) this.#status("offline");
  }

  /** Hands the session a fresh access token. */
  setToken(accessToken: string): void {
    if (this.#welcomed) this.#send({ type: "token", accessToken });
  }

  /** Sends a command; answered within the deadline, also across reconnections. */
  command(
    command: AgentCommand,
    deadline: number = SESSION_TIMES.command,
  ): Promise<CommandOutcome> {
    const commandId = this.#options.newId();
    const outcome = this.#ledger.enter(commandId, command, deadline);
    if (this.#welcomed) this.#send({ type: "command", commandId, command });
    return outcome;
  }

  #connect(): void {
    this.#wait(null);
    const { openSocket, url, log } = this.#options;
    let socket: SocketLike;
    try {
      socket = openSocket(url);
    } catch (error) {
      log.warn("session.socket_refused", { error });
      return this.#retry();
    }
    this.#socket = socket;
    this.#welcomed = false;
    this.#wait(SESSION_TIMES.welcome, () => this.#lose("no welcome in time"));
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      this.#send({
        type: "hello",
        version: 1,
        accessToken: this.#options.accessToken(),
        session: this.#session,
        lastSeq: this.#session === null ? null : this.#lastSeq,
      });
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#receive(data);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    };
  }

  #receive(data: unknown): void {
    const frame = this.#parse(data);
    if (!frame) return;
    if (frame.type === "welcome") return this.#welcome(frame);
    if (!this.#welcomed) return;
    this.#listen();
    if (frame.type === "event") {
      if (this.#lastSeq !== null && frame.seq <= this.#lastSeq) return;
      if (this.#lastSeq !== null && frame.seq > this.#lastSeq + 1) {
        this.#session = null;
        return this.#lose("an event is missing");
      }
      this.#lastSeq = frame.seq;
    }
    if (frame.type === "result") {
      this.#ledger.settle(
        frame.commandId,
        frame.ok || !frame.problem ? { ok: true } : { ok: false, problem: frame.problem },
      );
    }
    this.#options.onFrame(frame);
  }

  #welcome(frame: Extract<SessionFrame, { type: "welcome" }>): void {
    this.#welcomed = true;
    this.#attempt = 0;
    this.#refusals = 0;
    this.#session = frame.session;
    if (!frame.resumed) this.#lastSeq = null;
    this.#status("connected");
    this.#options.onFrame(frame);
    this.#listen();
    for (const { commandId, command } of this.#ledger.open()) {
      this.#send({ type: "command", commandId, command });
    }
  }

  #parse(data: unknown): SessionFrame | null {
    try {
      return SessionFrame.parse(JSON.parse(String(data)));
    } catch (error) {
      this.#options.log.error("session.frame_unreadable", { error });
      this.#session = null;
      this.#attempt = Math.max(this.#attempt, 4);
      this.#lose("a frame could not be read");
      return null;
    }
  }

  /** Something was heard: ask again only after a while of silence. */
  #listen(): void {
    this.#wait(SESSION_TIMES.quiet, () => this.#ask());
  }

  #ask(): void {
    this.#send({ type: "ping" });
    this.#wait(SESSION_TIMES.pong, () => this.#lose("no answer to a ping"));
  }

  #send(frame: DesktopFrame): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  #lose(reason: string): void {
    this.#options.log.warn("session.lost", { reason });
    this.#drop(4000, reason);
    this.#retry();
  }

  #drop(code: number, reason: string): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomed = false;
    if (!socket) return;
    socket.onopen =
      socket.onmessage =
      socket.onclose =
      socket.onerror =
        null;
    socket.close(code, reason);
  }

  #closed(code: number): void {
    this.#socket = null;
    this.#welcomed = false;
    if (!this.#running) return;
    if (code === SESSION_CLOSE.replaced) {
      this.#running = false;
      this.#wait(null);
      return this.#status("replaced");
    }
    if (code === SESSION_CLOSE.unauthenticated) return void this.#renew();
    if (code === SESSION_CLOSE.badFrame) this.#session = null;
    if (code === SESSION_CLOSE.tooMany) this.#attempt = Math.max(this.#attempt, 3);
    this.#retry();
  }

  async #renew(): Promise<void> {
    this.#wait(null);
    this.#status("reconnecting");
    if (++this.#refusals > 2) return this.#end();
    try {
      const token = await this.#options.renewToken();
      if (!this.#running || this.#socket) return;
      if (token === null) return this.#end();
      this.#connect();
    } catch (error) {
      this.#options.log.warn("session.renew_failed", { error });
      if (this.#running && !this.#socket) this.#retry();
    }
  }

  #end(): void {
    this.#running = false;
    this.#wait(null);
    this.#ledger.abandon();
    this.#status("ended");
  }

  #retry(): void {
    if (!this.#running) return;
    const { clock, random } = this.#options;
    const ms = backoff(this.#attempt++, random());
    const gone = !this.#online || this.#attempt > SESSION_TIMES.triesBeforeOffline;
    this.#status(gone ? "offline" : "reconnecting", clock.now() + ms);
    this.#wait(ms, () => this.#connect());
  }

  #wait(ms: null): void;
  #wait(ms: number, run: () => void): void;
  #wait(ms: number | null, run?: () => void): void {
    this.#cancelWait?.();
    this.#cancelWait = ms === null || !run ? null : this.#options.clock.after(ms, run);
  }

  #status(status: SessionStatus["status"], retryAt: number | null = null): void {
    this.#options.onStatus({ status, retryAt });
  }
}
