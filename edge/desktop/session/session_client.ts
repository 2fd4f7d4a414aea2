import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import {
  type DesktopFrame,
  SESSION_CLOSE,
  SessionFrame,
} from "../../../protocol/agent_session/session_frame.ts";
import type { Problem } from "../../../protocol/errors/problem.ts";

/** The part of a WebSocket that the client uses. */
export interface SessionSocket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

/** What the client needs of the world, and whom it tells. */
export interface SessionPorts {
  open: () => SessionSocket;
  accessToken: () => string;
  timer: (ms: number, run: () => void) => () => void;
  newId: () => string;
  event: (event: AgentEvent) => void;
  connected: (connected: boolean) => void;
  cluster: (reachable: boolean) => void;
  /** The edge will not have us any more: signed out, or replaced by another desktop. */
  ended: (reason: "unauthenticated" | "replaced") => void;
}

interface Waiting {
  command: AgentCommand;
  resolve: (problem: Problem | null) => void;
  cancel: () => void;
}

const COMMAND_MS = 12_000;
const PING_MS = 10_000;
const SILENCE_MS = 25_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/**
 * The desktop's line to its session at the edge: says hello, resumes from the last event seen,
 * comes back by itself, and gives each command its answer.
 */
export class SessionClient {
  #socket: SessionSocket | null = null;
  #session: string | null = null;
  #lastSeq: number | null = null;
  #welcomed = false;
  #closed = false;
  #attempts = 0;
  #cancelRetry = () => {};
  #cancelPing = () => {};
  #cancelSilence = () => {};
  readonly #waiting = new Map<string, Waiting>();

  constructor(readonly ports: SessionPorts) {}

  start(): void {
    if (this.#closed || this.#socket) return;
    const socket = this.ports.open();
    this.#socket = socket;
    socket.onopen = () => {
      this.#send({
        type: "hello",
        version: 1,
        accessToken: this.ports.accessToken(),
        session: this.#session,
        lastSeq: this.#lastSeq,
      });
      this.#heard();
    };
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = ({ code }) => this.#lost(socket, code);
  }

  /** Sends a command; resolves with null when it was done, else with what stood in its way. */
  command(command: AgentCommand): Promise<Problem | null> {
    const commandId = this.ports.newId();
    return new Promise((resolve) => {
      const cancel = this.ports.timer(COMMAND_MS, () => {
        this.#waiting.delete(commandId);
        resolve(problem("deadline_exceeded", "No answer came; look whether it was done"));
      });
      this.#waiting.set(commandId, { command, resolve, cancel });
      if (this.#welcomed) this.#send({ type: "command", commandId, command });
    });
  }

  /** Hands the edge a fresh token before the old one ends. */
  renew(accessToken: string): void {
    if (this.#welcomed) this.#send({ type: "token", accessToken });
  }

  stop(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#cancelPing();
    this.#cancelSilence();
    this.#socket?.close();
    for (const { resolve, cancel } of this.#waiting.values()) {
      cancel();
      resolve(problem("unavailable", "The desktop is signing out"));
    }
    this.#waiting.clear();
  }

  #receive(text: string): void {
    this.#heard();
    const frame = SessionFrame.parse(JSON.parse(text));
    switch (frame.type) {
      case "welcome":
        if (!frame.resumed) this.#lastSeq = null;
        this.#session = frame.session;
        this.#welcomed = true;
        this.#attempts = 0;
        this.ports.connected(true);
        this.#ping();
        // The edge answers a repeated command as it did the first time.
        for (const [commandId, { command }] of this.#waiting) {
          this.#send({ type: "command", commandId, command });
        }
        return;
      case "event":
        if (this.#lastSeq !== null && frame.seq <= this.#lastSeq) return;
        this.#lastSeq = frame.seq;
        return this.ports.event(frame.event);
      case "result": {
        const waiting = this.#waiting.get(frame.commandId);
        this.#waiting.delete(frame.commandId);
        waiting?.cancel();
        waiting?.resolve(frame.ok ? null : frame.problem ?? problem("internal", "It failed"));
        return;
      }
      case "cluster":
        return this.ports.cluster(frame.reachable);
      case "pong":
        return;
    }
  }

  #lost(socket: SessionSocket, code: number): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#welcomed = false;
    this.#cancelPing();
    this.#cancelSilence();
    if (this.#closed) return;
    if (code === SESSION_CLOSE.replaced) {
      this.stop();
      return this.ports.ended("replaced");
    }
    this.ports.connected(false);
    if (code === SESSION_CLOSE.unauthenticated) this.ports.ended("unauthenticated");
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.#attempts, LAST_RETRY_MS);
    this.#attempts += 1;
    this.#cancelRetry = this.ports.timer(wait, () => this.start());
  }

  #ping(): void {
    this.#cancelPing = this.ports.timer(PING_MS, () => {
      this.#send({ type: "ping" });
      this.#ping();
    });
  }

  /** A line that says nothing for too long is dead, whatever the browser believes. */
  #heard(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.ports.timer(SILENCE_MS, () => {
      const socket = this.#socket;
      socket?.close();
      if (socket) this.#lost(socket, 1006);
    });
  }

  #send(frame: DesktopFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }
}

function problem(code: string, detail: string): Problem {
  return { type: "about:blank", title: code, status: 0, detail, code };
}
