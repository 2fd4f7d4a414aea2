import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import { PopFrame } from "../../protocol/pop_link/pop_frame.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";

/** The part of a WebSocket that a link uses. */
export interface LinkSocket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** What a PoP tells, in order. */
export interface PopLinkListener {
  /**
   * The PoP said hello. Returns the number of the last event committed of this boot.
   * @throws AntiphonError when the token is not the PoP's
   */
  hello(frame: Extract<PopFrame, { type: "hello" }>): Promise<number>;
  /** Resolves once the event is durable. */
  event(frame: Extract<PopFrame, { type: "event" }>): Promise<void>;
  softphone(frame: Extract<PopFrame, { type: "softphone" }>): Promise<void>;
  /** All events kept from before hello have been handed over: time to compare what stands. */
  settled(): Promise<void>;
}

interface Outstanding {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Longest time a PoP may take over a command, and between two frames, in milliseconds. */
const COMMAND_MS = 8_000;

/**
 * One PoP's link to this cell: frames in the order they come, events acknowledged once durable,
 * commands resolved by their results.
 */
export class PopLink {
  popId = "";
  readonly #outstanding = new Map<string, Outstanding>();
  #order: Promise<void> = Promise.resolve();
  #welcomed = false;
  #settled = false;
  #closed = false;
  #ackable = 0;
  #acked: Promise<void> = Promise.resolve();

  constructor(
    readonly socket: LinkSocket,
    readonly epoch: number,
    readonly listener: PopLinkListener,
    readonly log: Logger,
    readonly timer: (ms: number, run: () => void) => () => void,
  ) {}

  get ready(): boolean {
    return this.#welcomed && !this.#closed;
  }

  /** Takes one frame. What does not fit closes the link with the reason. */
  receive(text: string): void {
    const frame = parse(text);
    if (!frame.success) {
      this.log.warn("pop-link.bad-frame", { popId: this.popId, path: frame.path });
      return this.close(4400, `Bad frame at ${frame.path}`.slice(0, 120));
    }
    if (frame.data.type === "command-result") return this.#result(frame.data);
    if (frame.data.type === "ping") return this.#ping();
    if (frame.data.type === "event" && this.#welcomed) return this.#event(frame.data);
    this.#inOrder(frame.data);
  }

  /**
   * Sends a command and waits until the PoP has taken it. A call that is gone, or a repeat, counts
   * as taken.
   * @throws AntiphonError `unavailable` when there was no answer; repeat it then. `stale_epoch` when
   * the PoP follows another cell: nothing was carried out
   */
  command(
    place: { commandId: string; tenantId: string; callId: string },
    command: CallCommand,
  ): Promise<void> {
    if (!this.ready) throw new AntiphonError("unavailable", `The PoP is not connected`);
    return new Promise((resolve, reject) => {
      const cancel = this.timer(COMMAND_MS, () => {
        this.#outstanding.delete(place.commandId);
        reject(new AntiphonError("unavailable", "The PoP did not answer a command"));
      });
      this.#outstanding.set(place.commandId, {
        resolve: () => (cancel(), resolve()),
        reject: (error) => (cancel(), reject(error)),
      });
      this.#send({ type: "command", epoch: this.epoch, ...place, command });
    });
  }

  close(code = 1000, reason = ""): void {
    if (this.#closed) return;
    this.#closed = true;
    this.socket.close(code, reason);
    for (const waiting of this.#outstanding.values()) {
      waiting.reject(new AntiphonError("unavailable", "The link to the PoP was lost"));
    }
    this.#outstanding.clear();
  }

  async #handle(frame: PopFrame): Promise<void> {
    if (this.#closed) return;
    if (frame.type === "hello") {
      const lastSeq = await this.listener.hello(frame);
      this.popId = frame.popId;
      this.#welcomed = true;
      this.#ackable = lastSeq;
      return this.#send({ type: "welcome", epoch: this.epoch, lastSeq });
    }
    if (!this.#welcomed) throw new AntiphonError("unauthenticated", "Say hello first");
    if (frame.type === "softphone") return await this.listener.softphone(frame);
    if (frame.type === "ping" && !this.#settled) {
      this.#settled = true;
      await this.listener.settled();
    }
  }

  /**
   * Answered at once, so that work under way is no silence. The first one behind the welcome says
   * that all is told; one from before hello was for the standby that this cell was.
   */
  #ping(): void {
    this.#send({ type: "pong" });
    if (this.#welcomed && !this.#settled) this.#inOrder({ type: "ping" });
  }

  #inOrder(frame: PopFrame): void {
    this.#order = this.#order.then(() => this.#handle(frame)).catch((error) => {
      this.log.warn("pop-link.refused", { popId: this.popId, error });
      const code = error instanceof AntiphonError ? error.code : "internal";
      this.close(code === "unauthenticated" || code === "token_expired" ? 4401 : 4500, code);
    });
  }

  /** Decides at once, so that events keep their order; acknowledges when durable. */
  #event(frame: Extract<PopFrame, { type: "event" }>): void {
    if (frame.seq <= this.#ackable) return this.#send({ type: "ack", seq: this.#ackable });
    const before = this.#acked;
    // An acknowledgement covers all that came before: it waits for them, the decisions do not.
    this.#acked = this.listener.event(frame).then(() => before).then(() => {
      if (this.#closed) return;
      this.#ackable = frame.seq;
      this.#send({ type: "ack", seq: frame.seq });
    });
    this.#acked.catch((error) => {
      if (this.#closed) return;
      // The PoP keeps the event and sends it again over the next link.
      this.log.error("pop-link.event-failed", { popId: this.popId, error });
      this.close(4500, "internal");
    });
  }

  #result(frame: Extract<PopFrame, { type: "command-result" }>): void {
    const waiting = this.#outstanding.get(frame.commandId);
    this.#outstanding.delete(frame.commandId);
    if (!frame.ok) {
      this.log.info("pop-link.command-refused", { popId: this.popId, code: frame.code });
    }
    if (frame.code === "stale_epoch") {
      waiting?.reject(new AntiphonError("stale_epoch", "The PoP follows another cell"));
    } else waiting?.resolve();
  }

  #send(frame: CellFrame): void {
    if (!this.#closed) this.socket.send(JSON.stringify(frame));
  }
}

function parse(text: string): { success: true; data: PopFrame } | { success: false; path: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { success: false, path: "(not JSON)" };
  }
  const parsed = PopFrame.safeParse(json);
  if (parsed.success) return parsed;
  return { success: false, path: parsed.error.issues[0]?.path.join(".") ?? "" };
}
