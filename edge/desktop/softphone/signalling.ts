import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ErrorCode } from "../../../protocol/errors/error_code.ts";
import {
  SoftphoneAnswer,
  type SoftphoneFrame,
} from "../../../protocol/softphone/softphone_frame.ts";
import type { SocketLike } from "../session/socket_like.ts";
import type { Clock } from "../time/clock.ts";
import { SOFTPHONE_TIMES } from "./softphone_times.ts";

/** A request without its number, which the signalling adds. */
export type SoftphoneRequest = SoftphoneFrame extends infer F
  ? F extends { id: number } ? Omit<F, "id"> : never
  : never;
/** What the PoP tells unasked. */
export type SoftphoneEvent = Extract<SoftphoneAnswer, { event: string }>;

/** What a {@linkcode Signalling} needs of its surroundings. */
export interface SignallingOptions {
  socket: SocketLike;
  clock: Clock;
  onEvent: (event: SoftphoneEvent) => void;
  /** The socket is gone, for whatever reason; called once. */
  onClosed: (code: number) => void;
}

interface Waiting {
  resolve: (data: Record<string, unknown>) => void;
  reject: (error: Error) => void;
  cancel: () => void;
}

/** Requests and answers over one softphone socket, each with a deadline, and pings. */
export class Signalling {
  #options: SignallingOptions;
  #waiting = new Map<number, Waiting>();
  #next = 1;
  #closed = false;
  #cancelPing: (() => void) | null = null;
  /** Settles when the socket is open; rejects when it did not open in time. */
  readonly opened: Promise<void>;

  constructor(options: SignallingOptions) {
    this.#options = options;
    const { socket, clock } = options;
    this.opened = new Promise((resolve, reject) => {
      const cancel = clock.after(SOFTPHONE_TIMES.open, () => {
        reject(new AntiphonError("deadline_exceeded", "The point of presence did not answer"));
        this.#end(4000);
      });
      socket.onopen = () => {
        cancel();
        this.#planPing();
        resolve();
      };
      socket.onclose = ({ code }) => {
        cancel();
        reject(new AntiphonError("unavailable", "The point of presence closed the socket"));
        this.#end(code);
      };
    });
    this.opened.catch(() => {
      // Whoever awaits it is told; without a waiter this is no unhandled rejection.
    });
    socket.onmessage = ({ data }) => this.#receive(data);
  }

  /**
   * Sends a request and waits for its answer.
   * @throws AntiphonError with the PoP's code, `deadline_exceeded` or `unavailable`
   */
  request(request: SoftphoneRequest): Promise<Record<string, unknown>> {
    const { socket, clock } = this.#options;
    if (this.#closed || socket.readyState !== 1) {
      return Promise.reject(new AntiphonError("unavailable", "The softphone is not connected"));
    }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(SOFTPHONE_TIMES.answer, () => {
        this.#waiting.delete(id);
        const message = `The point of presence did not answer ${request.method}`;
        reject(new AntiphonError("deadline_exceeded", message));
      });
      this.#waiting.set(id, { resolve, reject, cancel });
      socket.send(JSON.stringify({ ...request, id }));
    });
  }

  /** Closes the socket; nothing is told of it. */
  close(): void {
    const { socket } = this.#options;
    this.#closed = true;
    this.#settle();
    socket.onclose = socket.onmessage = null;
    socket.close(1000, "done");
  }

  #receive(data: unknown): void {
    const parsed = SoftphoneAnswer.safeParse(readJson(data));
    if (!parsed.success) return this.#end(4000);
    const answer = parsed.data;
    if ("event" in answer) return this.#options.onEvent(answer);
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    this.#waiting.delete(answer.id);
    waiting.cancel();
    if (answer.ok) return waiting.resolve(answer.data);
    const { code, detail } = answer.problem;
    waiting.reject(new AntiphonError(code as ErrorCode, detail));
  }

  #planPing(): void {
    this.#cancelPing = this.#options.clock.after(SOFTPHONE_TIMES.ping, () => {
      this.request({ method: "ping" }).then(() => this.#planPing(), () => this.#end(4000));
    });
  }

  #end(code: number): void {
    if (this.#closed) return;
    this.close();
    this.#options.onClosed(code);
  }

  #settle(): void {
    this.#cancelPing?.();
    for (const { cancel, reject } of this.#waiting.values()) {
      cancel();
      reject(new AntiphonError("unavailable", "The softphone's connection is lost"));
    }
    this.#waiting.clear();
  }
}

function readJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
