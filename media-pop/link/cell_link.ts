import { knownNotice } from "../../protocol/cluster_notice/known_notice.ts";
import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import type { Softphone } from "../../protocol/pop_link/pop_frame.ts";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { CellSocket, type Hello } from "./cell_socket.ts";
import { EventOutbox } from "./event_outbox.ts";
import type { LinkTimes } from "./link_times.ts";
import { softphonesByKey } from "./softphones_by_key.ts";

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
  /** HTTP origins where the cluster's cell may answer. */
  urls: readonly string[];
  popId: string;
  bootId: string;
  /** Gives a service token for an audience. */
  token: (audience: string) => Promise<string>;
  /** The keys known of the platform's services. */
  keys: () => readonly ServiceKey[];
  liveCalls: () => { tenantId: string; callId: string }[];
  softphones: () => Softphone[];
  onCommand: (command: LinkCommand) => LinkCommandResult;
  outboxLimit: number;
  times: LinkTimes;
  log: Logger;
  counters: Counters;
  /** Between 0 and 1; jitter. */
  random?: () => number;
  /** Milliseconds that only grow. */
  now?: () => number;
}

/**
 * The PoP's link to a cluster: a socket to each of its addresses. The cell that welcomes with the
 * highest epoch is followed from that moment on: events go to it in order until they are
 * acknowledged, and nobody else's commands are carried out. Standbys keep their sockets, so that a
 * move costs one round trip and no silence has to be waited for.
 */
export class CellLink {
  readonly #options: CellLinkOptions;
  readonly #outbox: EventOutbox;
  readonly #sockets = new Map<string, CellSocket>();
  readonly #leaving = new Set<Promise<void>>();
  /** Newest epoch seen, kept across reconnects. */
  #epoch = 0;
  #followed: CellSocket | null = null;
  #stopped = false;

  constructor(options: CellLinkOptions) {
    this.#options = options;
    this.#outbox = new EventOutbox(options.outboxLimit);
  }

  /** Whether a cell is followed and not known to be gone. */
  get up(): boolean {
    return this.#followed !== null;
  }

  /** Origin of the cell that is followed; null while there is none. */
  get followed(): string | null {
    return this.#followed?.url ?? null;
  }

  /** Events not yet acknowledged. */
  get pending(): number {
    return this.#outbox.size;
  }

  start(): void {
    this.relocate(this.#options.urls);
  }

  /** Opens sockets to new addresses and closes those to addresses that are not the cluster's. */
  relocate(urls: readonly string[]): void {
    if (this.#stopped) return;
    const wanted = new Set(urls.map((url) => new URL(url).origin));
    for (const url of wanted) if (!this.#sockets.has(url)) this.#open(url);
    for (const [url, socket] of this.#sockets) {
      if (wanted.has(url)) continue;
      this.#sockets.delete(url);
      const leaving = socket.stop().finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    }
  }

  /** Closes every socket and waits until all have ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#sockets.values()].map((socket) => socket.stop()));
    await Promise.all(this.#leaving);
  }

  /** Sends an event, now or when a cell is there again. */
  publish(placed: PlacedCallEvent): void {
    const { counters, clusterId } = this.#options;
    const dropped = this.#outbox.dropped;
    const { seq } = this.#outbox.append(placed);
    counters.add("antiphon_link_events_total", { cluster: clusterId });
    if (this.#outbox.dropped > dropped) {
      counters.add("antiphon_link_events_dropped_total", { cluster: clusterId });
      this.#options.log.error("link.event_dropped", { clusterId, kept: this.#outbox.size });
    }
    this.#followed?.send({ type: "event", seq, ...placed });
  }

  /** Tells the cell which softphones came and went since it was last told. */
  syncSoftphones(): void {
    const socket = this.#followed;
    if (!socket) return;
    const now = softphonesByKey(this.#options.softphones());
    for (const [key, softphone] of socket.announced) {
      if (!now.has(key)) socket.send({ type: "softphone", connected: false, ...softphone });
    }
    for (const [key, softphone] of now) {
      if (!socket.announced.has(key)) {
        socket.send({ type: "softphone", connected: true, ...softphone });
      }
    }
    socket.announced = now;
  }

  #open(url: string): void {
    const { clusterId, times, log, random = Math.random, now = monotonic } = this.#options;
    const socket: CellSocket = new CellSocket({
      ...{ clusterId, url, times, log, random, now },
      hello: () => this.#hello(),
      onFrame: (frame) => this.#take(socket, frame),
      onUnfit: (commandId) => this.#unfit(socket, commandId),
      onLost: () => this.#lost(socket),
    });
    this.#sockets.set(url, socket);
    socket.start();
  }

  async #hello(): Promise<Hello> {
    const { clusterId, popId, bootId, token, liveCalls, softphones } = this.#options;
    const bearer = await token(`cell:${clusterId}`);
    return {
      type: "hello",
      version: 1,
      popId,
      token: bearer,
      bootId,
      liveCalls: liveCalls(),
      softphones: softphones(),
    };
  }

  #take(socket: CellSocket, frame: CellFrame): void {
    if (frame.type === "welcome") return this.#welcome(socket, frame);
    if (frame.type === "standby") return void this.#follow(frame.notice);
    if (frame.type === "command") return this.#command(socket, frame);
    if (frame.type === "ack" && socket === this.#followed) this.#outbox.ack(frame.seq);
  }

  #welcome(socket: CellSocket, frame: Extract<CellFrame, { type: "welcome" }>): void {
    const { clusterId, log, counters, times } = this.#options;
    const { epoch, lastSeq } = frame;
    const { url } = socket;
    const labels = { cluster: clusterId };
    if (epoch < this.#epoch) {
      log.warn("link.stale_epoch", { clusterId, url, epoch, newest: this.#epoch });
      return socket.judged("outdated");
    }
    const before = this.#followed;
    if (before !== null && before !== socket) {
      if (epoch === this.#epoch) {
        log.error("link.two_holders", { clusterId, epoch, followed: before.url, refused: url });
        counters.add("antiphon_cell_link_rivals_total", labels);
        return socket.leave(4409, "another cell of this epoch is followed", times.rival);
      }
      before.judged("outdated");
      counters.add("antiphon_cell_link_moves_total", labels);
    }
    this.#epoch = epoch;
    this.#followed = socket;
    socket.judged("followed");
    counters.set("antiphon_cell_link_up", 1, labels);
    counters.set("antiphon_cell_link_epoch", epoch, labels);
    log.info("link.up", { clusterId, url, epoch, lastSeq });
    this.#outbox.ack(lastSeq);
    for (const { seq, placed } of this.#outbox.after(lastSeq)) {
      socket.send({ type: "event", seq, ...placed });
    }
    this.syncSoftphones();
  }

  /** A notice only makes us knock sooner where the cluster is said to be: a welcome decides. */
  async #follow(signed: string | null): Promise<void> {
    if (signed === null) return;
    const { clusterId, keys, log } = this.#options;
    const urls = [...this.#sockets.keys()];
    const knowledge = { cluster: { id: clusterId, urls }, keys: keys(), epoch: this.#epoch };
    const notice = await knownNotice(signed, knowledge).catch((error) => {
      log.warn("link.notice_unreadable", { clusterId, error });
      return null;
    });
    if (notice && notice.url !== this.#followed?.url) this.#sockets.get(notice.url)?.wake();
  }

  #command(socket: CellSocket, frame: LinkCommand): void {
    const { commandId, epoch } = frame;
    const stale = socket !== this.#followed || epoch < this.#epoch;
    if (!stale) this.#epoch = epoch;
    const result = stale ? { ok: false, code: "stale_epoch" } : this.#carryOut(frame);
    this.#options.counters.add("antiphon_call_commands_total", {
      type: frame.command.type,
      result: result.code ?? "ok",
    });
    socket.send({ type: "command-result", commandId, ...result });
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

  #unfit(socket: CellSocket, commandId: string | null): void {
    const { clusterId, log, counters } = this.#options;
    counters.add("antiphon_link_frames_invalid_total", { cluster: clusterId });
    log.warn("link.frame_invalid", { clusterId, commandId });
    if (commandId === null) return;
    const code = socket === this.#followed ? "frame_invalid" : "stale_epoch";
    socket.send({ type: "command-result", commandId, ok: false, code });
  }

  #lost(socket: CellSocket): void {
    if (this.#followed !== socket) return;
    const { clusterId, counters, log } = this.#options;
    this.#followed = null;
    counters.set("antiphon_cell_link_up", 0, { cluster: clusterId });
    log.info("link.down", { clusterId, url: socket.url });
    // One that was refused for this one's sake may be the one to follow now.
    for (const other of this.#sockets.values()) if (other !== socket) other.wake();
  }
}

function monotonic(): number {
  return performance.now();
}
