import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import type { PopFrame, Softphone } from "../../protocol/pop_link/pop_frame.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { EventOutbox } from "./event_outbox.ts";
import type { LinkTimes } from "./link_times.ts";
import { readCellFrame } from "./read_cell_frame.ts";

/** A command as a cell gave it. */
export type LinkCommand = Extract<CellFrame, { type: "command" }>;

/** How a command was taken. */
export interface LinkCommandResult {
  ok: boolean;
  code: string | null;
}

/** What a {@linkcode CellLink} needs of its surroundings. */
export interface CellLinkOptions {
  clusterId: string;
  /** HTTP origins where the cluster's cell may answer, best first. Asked before each round. */
  urls: () => readonly string[];
  popId: string;
  bootId: string;
  /** Gives a service token for an audience. */
  token: (audience: string) => Promise<string>;
  liveCalls: () => { tenantId: string; callId: string }[];
  softphones: () => Softphone[];
  onCommand: (command: LinkCommand) => LinkCommandResult;
  outboxLimit: number;
  times: LinkTimes;
  log: Logger;
  counters: Counters;
  /** Between 0 and 1; jitter. */
  random?: () => number;
}

/**
 * The PoP's one WebSocket to a cluster's active cell. It keeps trying the cluster's addresses in
 * turn, says hello with everything that stands here, sends events in order until they are
 * acknowledged, and refuses commands of an older epoch than the newest it has seen.
 */
export class CellLink {
  readonly #options: CellLinkOptions;
  readonly #outbox: EventOutbox;
  /** Newest epoch seen, kept across reconnects. */
  #epoch = 0;
  /** The welcomed socket. */
  #socket: WebSocket | null = null;
  #attempt: WebSocket | null = null;
  #announced = new Map<string, Softphone>();
  #stopped = false;
  #wake: () => void = () => {};
  #abandon: () => void = () => {};
  #loop: Promise<void> = Promise.resolve();

  constructor(options: CellLinkOptions) {
    this.#options = options;
    this.#outbox = new EventOutbox(options.outboxLimit);
  }

  /** Whether a cell has welcomed us and is not known to be gone. */
  get up(): boolean {
    return this.#socket !== null;
  }

  /** Events not yet acknowledged. */
  get pending(): number {
    return this.#outbox.size;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Closes the link and waits until its loop has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    this.#attempt?.close(1000, "stopping");
    const limit = setTimeout(() => this.#abandon(), 500);
    await this.#loop;
    clearTimeout(limit);
  }

  /** Sends an event, now or when the cell is there again. */
  publish(placed: PlacedCallEvent): void {
    const { counters, clusterId } = this.#options;
    const dropped = this.#outbox.dropped;
    const { seq } = this.#outbox.append(placed);
    counters.add("antiphon_link_events_total", { cluster: clusterId });
    if (this.#outbox.dropped > dropped) {
      counters.add("antiphon_link_events_dropped_total", { cluster: clusterId });
      this.#options.log.error("link.event_dropped", { clusterId, kept: this.#outbox.size });
    }
    this.#send({ type: "event", seq, ...placed });
  }

  /** Tells the cell which softphones came and went since it was last told. */
  syncSoftphones(): void {
    if (!this.#socket) return;
    const now = byKey(this.#options.softphones());
    for (const [key, softphone] of this.#announced) {
      if (!now.has(key)) this.#send({ type: "softphone", connected: false, ...softphone });
    }
    for (const [key, softphone] of now) {
      if (!this.#announced.has(key)) {
        this.#send({ type: "softphone", connected: true, ...softphone });
      }
    }
    this.#announced = now;
  }

  async #run(): Promise<void> {
    const { times, urls, random = Math.random } = this.#options;
    let failedRounds = 0;
    while (!this.#stopped) {
      for (const url of urls()) {
        if (this.#stopped) return;
        if (await this.#attemptAt(url)) {
          failedRounds = 0;
          break;
        }
      }
      if (this.#stopped) return;
      const backoff = Math.min(times.longestBackoff, times.firstBackoff * 2 ** failedRounds++);
      await this.#pause(backoff * (0.5 + random() / 2));
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => (clearTimeout(timer), resolve());
    });
  }

  /** Opens one socket and stays until it closes. True if a cell had welcomed us on it. */
  async #attemptAt(origin: string): Promise<boolean> {
    const { clusterId, token, times, log } = this.#options;
    let bearer: string;
    let socket: WebSocket;
    try {
      bearer = await token(`cell:${clusterId}`);
      if (this.#stopped) return false;
      const address = new URL("/internal/pop-link", origin);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      socket = new WebSocket(address);
    } catch (error) {
      log.warn("link.cannot_connect", { clusterId, error });
      return false;
    }
    this.#attempt = socket;
    let welcomed = false;
    let heard = Date.now();
    const closed = Promise.withResolvers<void>();
    this.#abandon = closed.resolve;
    // Resolved here too: a socket that never finishes closing must not hold up the next attempt.
    const limit = setTimeout(() => {
      socket.close(4408, "no welcome");
      closed.resolve();
    }, times.welcome);
    const pings = setInterval(() => {
      if (!welcomed) return;
      if (Date.now() - heard > times.silence) {
        log.warn("link.silent", { clusterId, origin });
        this.#down(socket);
        socket.close(4408, "silent");
        closed.resolve();
      } else this.#send({ type: "ping" });
    }, times.ping);
    socket.onopen = () => this.#hello(socket, bearer);
    socket.onmessage = ({ data }) => {
      heard = Date.now();
      const reading = readCellFrame(data);
      if (!reading.ok) return this.#unfit(reading.commandId);
      if (reading.frame.type !== "welcome") return this.#take(socket, reading.frame);
      if (welcomed) return;
      clearTimeout(limit);
      welcomed = this.#welcome(socket, origin, reading.frame);
      if (!welcomed) socket.close(4421, "stale epoch");
    };
    socket.onerror = () => log.debug("link.error", { clusterId, origin });
    socket.onclose = () => closed.resolve();
    await closed.promise;
    clearTimeout(limit);
    clearInterval(pings);
    this.#attempt = null;
    if (welcomed) log.info("link.down", { clusterId, origin });
    this.#down(socket);
    return welcomed;
  }

  #hello(socket: WebSocket, token: string): void {
    const { popId, bootId, liveCalls, softphones } = this.#options;
    const known = softphones();
    this.#announced = byKey(known);
    const hello: PopFrame = {
      type: "hello",
      version: 1,
      popId,
      token,
      bootId,
      liveCalls: liveCalls(),
      softphones: known,
    };
    socket.send(JSON.stringify(hello));
  }

  #welcome(
    socket: WebSocket,
    origin: string,
    frame: Extract<CellFrame, { type: "welcome" }>,
  ): boolean {
    const { clusterId, log, counters } = this.#options;
    if (frame.epoch < this.#epoch) {
      log.warn("link.stale_epoch", { clusterId, origin, epoch: frame.epoch, newest: this.#epoch });
      return false;
    }
    this.#epoch = frame.epoch;
    this.#socket = socket;
    counters.set("antiphon_cell_link_up", 1, { cluster: clusterId });
    log.info("link.up", { clusterId, origin, epoch: frame.epoch, lastSeq: frame.lastSeq });
    this.#outbox.ack(frame.lastSeq);
    for (const { seq, placed } of this.#outbox.after(frame.lastSeq)) {
      this.#send({ type: "event", seq, ...placed });
    }
    this.syncSoftphones();
    return true;
  }

  #take(socket: WebSocket, frame: CellFrame): void {
    if (socket !== this.#socket) return;
    if (frame.type === "ack") return this.#outbox.ack(frame.seq);
    if (frame.type !== "command") return;
    const { commandId, epoch } = frame;
    const result = epoch < this.#epoch ? { ok: false, code: "stale_epoch" } : this.#carryOut(frame);
    this.#epoch = Math.max(this.#epoch, epoch);
    this.#options.counters.add("antiphon_call_commands_total", {
      type: frame.command.type,
      result: result.code ?? "ok",
    });
    this.#send({ type: "command-result", commandId, ...result });
  }

  #carryOut(command: LinkCommand): LinkCommandResult {
    const { onCommand, log, clusterId } = this.#options;
    try {
      return onCommand(command);
    } catch (error) {
      log.error("link.command_failed", { clusterId, type: command.command.type, error });
      return { ok: false, code: "internal" };
    }
  }

  #unfit(commandId: string | null): void {
    const { clusterId, log, counters } = this.#options;
    counters.add("antiphon_link_frames_invalid_total", { cluster: clusterId });
    log.warn("link.frame_invalid", { clusterId, commandId });
    if (commandId === null) return;
    this.#send({ type: "command-result", commandId, ok: false, code: "frame_invalid" });
  }

  #down(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#options.counters.set("antiphon_cell_link_up", 0, { cluster: this.#options.clusterId });
  }

  #send(frame: PopFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

function byKey(softphones: Softphone[]): Map<string, Softphone> {
  return new Map(softphones.map((s) => [`${s.tenantId}/${s.agentId}`, s]));
}
