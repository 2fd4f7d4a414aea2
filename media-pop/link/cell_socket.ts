import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import type { PopFrame, Softphone } from "../../protocol/pop_link/pop_frame.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { softphonesByKey } from "./softphones_by_key.ts";
import type { LinkTimes } from "./link_times.ts";
import { readCellFrame } from "./read_cell_frame.ts";

/** First frame of a link. */
export type Hello = Extract<PopFrame, { type: "hello" }>;

/**
 * How a socket stands: no connection, hello said, answered by a standby, followed, or welcomed by a
 * cell that is not the one to follow.
 */
export type CellSocketState = "away" | "asked" | "standby" | "followed" | "outdated";

/** What a {@linkcode CellSocket} needs of its surroundings. */
export interface CellSocketOptions {
  clusterId: string;
  /** HTTP origin of one of the cluster's addresses. */
  url: string;
  /** What to say now. */
  hello: () => Promise<Hello>;
  /** A frame of the cell, pongs aside. */
  onFrame: (frame: CellFrame) => void;
  /** A frame that does not fit, with the id of the command that it may have been. */
  onUnfit: (commandId: string | null) => void;
  /** The connection is gone or given up. */
  onLost: () => void;
  times: LinkTimes;
  log: Logger;
  /** Between 0 and 1; jitter. */
  random: () => number;
  /** Milliseconds that only grow. */
  now: () => number;
}

/**
 * The PoP's socket to one address of a cluster. It connects again and again, says hello, notices
 * silence, and says hello anew when a standby has become active. It never waits for another socket.
 */
export class CellSocket {
  /** What the cell knows of softphones by its hello and what followed. */
  announced = new Map<string, Softphone>();
  readonly #options: CellSocketOptions;
  #state: CellSocketState = "away";
  #socket: WebSocket | null = null;
  #stopped = false;
  #rest = 0;
  #greeting = false;
  #limit: ReturnType<typeof setTimeout> | undefined;
  #wake: () => void = () => {};
  #abandon: () => void = () => {};
  #loop: Promise<void> = Promise.resolve();

  constructor(options: CellSocketOptions) {
    this.#options = options;
  }

  get state(): CellSocketState {
    return this.#state;
  }

  get url(): string {
    return this.#options.url;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Closes it and waits until its loop has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    this.#socket?.close(1000, "stopping");
    const limit = setTimeout(() => this.#abandon(), 500);
    await this.#loop;
    clearTimeout(limit);
  }

  /** Connects now if it waits to. */
  wake(): void {
    this.#wake();
  }

  /** The cell's welcome was judged: it is followed, or some other cell is. */
  judged(state: "followed" | "outdated"): void {
    this.#state = state;
  }

  /** Gives the connection up and leaves the address alone for a time. */
  leave(code: number, reason: string, restMs: number): void {
    this.#rest = restMs;
    this.#socket?.close(code, reason);
    this.#abandon();
  }

  send(frame: PopFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  async #run(): Promise<void> {
    const { times, random } = this.#options;
    let failures = 0;
    while (!this.#stopped) {
      failures = await this.#connection() ? 0 : failures + 1;
      if (this.#stopped) return;
      const backoff = Math.min(times.longestBackoff, times.firstBackoff * 2 ** failures);
      const rest = this.#rest || backoff * (0.5 + random() / 2);
      this.#rest = 0;
      await this.#pause(rest);
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => (clearTimeout(timer), resolve());
    });
    this.#wake = () => {};
  }

  /** Opens one connection and stays until it is gone. True if a cell answered hello on it. */
  async #connection(): Promise<boolean> {
    const { clusterId, url, times, log, now, onFrame, onUnfit, onLost } = this.#options;
    const address = new URL("/internal/pop-link", url);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.#socket = socket;
    let answered = false;
    let heard = now();
    let looked = heard;
    const closed = Promise.withResolvers<void>();
    // Resolved here too: a socket that never finishes closing must not hold up the next one.
    this.#abandon = closed.resolve;
    this.#deadline(times.connect, "no connection");
    const pings = setInterval(() => {
      const late = now() - looked > 2 * times.ping;
      looked = now();
      if (!this.#settled) return;
      // After a pause of our own, what was said meanwhile is still to be read.
      if (!late && now() - heard > times.silence) {
        log.warn("link.silent", { clusterId, url });
        socket.close(4408, "silent");
        closed.resolve();
      } else this.send({ type: "ping" });
    }, times.ping);
    socket.onopen = () => this.#greet(socket);
    socket.onmessage = ({ data }) => {
      heard = now();
      const reading = readCellFrame(data);
      if (!reading.ok) return onUnfit(reading.commandId);
      const { frame } = reading;
      if (frame.type === "pong") return;
      if (frame.type === "come") return this.#called(socket);
      if (frame.type === "welcome" || frame.type === "standby") {
        // Only hello is answered so, and once; a standby's answer may be crossed by its call.
        const open = this.#state === "asked" && !this.#greeting;
        if (!open && !(frame.type === "welcome" && this.#state === "standby")) return;
        clearTimeout(this.#limit);
        answered = true;
        if (frame.type === "standby") this.#state = "standby";
      }
      onFrame(frame);
    };
    socket.onerror = () => log.debug("link.error", { clusterId, url });
    socket.onclose = () => closed.resolve();
    await closed.promise;
    clearTimeout(this.#limit);
    clearInterval(pings);
    socket.onmessage = null;
    this.#socket = null;
    this.#state = "away";
    onLost();
    return answered;
  }

  /** Answered, so that pings say whether somebody is there. */
  get #settled(): boolean {
    return this.#state !== "away" && this.#state !== "asked";
  }

  #called(socket: WebSocket): void {
    if (this.#state === "followed" || this.#greeting) return;
    this.#greet(socket);
  }

  async #greet(socket: WebSocket): Promise<void> {
    const { clusterId, log, times } = this.#options;
    this.#state = "asked";
    this.#greeting = true;
    this.#deadline(times.welcome, "no welcome");
    try {
      const hello = await this.#options.hello();
      if (this.#socket !== socket) return;
      this.announced = softphonesByKey(hello.softphones);
      this.send(hello);
    } catch (error) {
      log.warn("link.cannot_greet", { clusterId, error });
      socket.close(4500, "no hello");
    } finally {
      this.#greeting = false;
    }
  }

  #deadline(ms: number, reason: string): void {
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => {
      this.#socket?.close(4408, reason);
      this.#abandon();
    }, ms);
  }
}
