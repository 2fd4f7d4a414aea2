import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { CellFrame } from "../../protocol/pop_link/cell_frame.ts";
import { PopFrame } from "../../protocol/pop_link/pop_frame.ts";
import { Watched } from "./watched.ts";

type Frame<T extends PopFrame["type"]> = Extract<PopFrame, { type: T }>;

/** Options of a {@linkcode CellDouble}. */
export interface CellDoubleOptions {
  epoch?: number;
  /** Answers 421 instead of taking the link. */
  active?: boolean;
  /** Acknowledges every event at once. */
  acks?: boolean;
  /** Answers hello like a standby, until {@linkcode CellDouble.activate}. */
  standby?: boolean;
}

/** A stand-in for a cell's end of the PoP link, on a real socket; for tests. */
export class CellDouble {
  epoch: number;
  active: boolean;
  acks: boolean;
  standby: boolean;
  /** The notice of a standby. */
  notice: string | null = null;
  /** Takes everything and answers nothing, like a frozen machine. */
  frozen = false;
  /** Told in `welcome`. */
  lastSeq = 0;
  /** Audio that PoPs may fetch, by its hash. */
  readonly audio = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Every frame that came, pings aside. */
  readonly frames = new Watched<PopFrame>();
  /** Sockets ever taken. */
  connections = 0;
  refused = 0;
  readonly #firstRefusal = Promise.withResolvers<void>();
  #socket: WebSocket | null = null;
  #commands = 0;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(
    { epoch = 1, active = true, acks = true, standby = false }: CellDoubleOptions = {},
  ) {
    this.epoch = epoch;
    this.standby = standby;
    this.active = active;
    this.acks = acks;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#serve(request),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Settles when a link was refused for the first time. */
  get refusal(): Promise<void> {
    return this.#firstRefusal.promise;
  }

  /** The events so far, by sequence number. */
  get events(): Frame<"event">[] {
    return this.frames.items.filter((frame) => frame.type === "event");
  }

  /** Waits for the first frame of a type from index `from` on that fits. */
  async frame<T extends PopFrame["type"]>(
    type: T,
    fits: (frame: Frame<T>) => boolean = () => true,
    from = 0,
  ): Promise<Frame<T>> {
    const found = await this.frames.first(
      (frame) => frame.type === type && fits(frame as Frame<T>),
      `frame ${type}`,
      from,
    );
    return found as Frame<T>;
  }

  /** Waits for a call event of a type. */
  async event<T extends CallEvent["type"]>(
    type: T,
    callId?: string,
  ): Promise<Frame<"event"> & { event: Extract<CallEvent, { type: T }> }> {
    const fits = (frame: Frame<"event">) =>
      frame.event.type === type && (callId === undefined || frame.callId === callId);
    return await this.frame("event", fits) as Awaited<ReturnType<typeof this.event<T>>>;
  }

  send(frame: CellFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  /** Gives a command and waits for its result. */
  async command(
    call: { tenantId: string; callId: string },
    command: CallCommand,
    commandId = `cmd-${++this.#commands}`,
    epoch = this.epoch,
  ): Promise<Frame<"command-result">> {
    const from = this.frames.items.length;
    const { tenantId, callId } = call;
    this.send({ type: "command", commandId, epoch, tenantId, callId, command });
    return await this.frame("command-result", (frame) => frame.commandId === commandId, from);
  }

  /** A standby takes over: it calls the PoP that is connected. */
  activate(epoch: number): void {
    this.standby = false;
    this.epoch = epoch;
    this.send({ type: "come" });
  }

  /** Cuts the link. */
  drop(): void {
    this.#socket?.close(4000, "dropped");
    this.#socket = null;
  }

  async close(): Promise<void> {
    this.drop();
    await this.#server.shutdown();
  }

  #serve(request: Request): Response {
    const hash = /\/audio\/([0-9a-f]{64})$/.exec(new URL(request.url).pathname)?.[1];
    const codes = hash && this.audio.get(hash);
    if (codes) return new Response(codes);
    if (!this.active || new URL(request.url).pathname !== "/internal/pop-link") {
      this.refused++;
      this.#firstRefusal.resolve();
      return new Response("{}", { status: 421 });
    }
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => this.#take(socket, PopFrame.parse(JSON.parse(data)));
    return response;
  }

  #take(socket: WebSocket, frame: PopFrame): void {
    if (this.frozen) return;
    if (frame.type === "ping") return socket.send(JSON.stringify({ type: "pong" }));
    if (frame.type === "hello") {
      this.connections++;
      this.#socket = socket;
      if (this.standby) this.send({ type: "standby", notice: this.notice });
      else this.send({ type: "welcome", epoch: this.epoch, lastSeq: this.lastSeq });
    }
    this.frames.push(frame);
    if (frame.type === "event" && this.acks) this.send({ type: "ack", seq: frame.seq });
  }
}
