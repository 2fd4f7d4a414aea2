import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { StreamFramer } from "../message/stream_framer.ts";
import type { SipFlow, SipListener } from "./sip_flow.ts";
import type { Receive } from "./sip_transport.ts";
import type { TcpLimits } from "./tcp_limits.ts";
import type { TimerWheel, WheelTimer } from "./timer_wheel.ts";

const PONG = new Uint8Array([13, 10]);

/** What a {@linkcode TcpConnection} needs. */
export interface TcpConnectionParts {
  readonly listener: SipListener;
  readonly address: string;
  readonly port: number;
  readonly limits: TcpLimits;
  readonly wheel: TimerWheel;
  readonly log: Logger;
  readonly receive: Receive;
  readonly onClose: () => void;
}

/** One TCP connection, accepted or being made; messages sent before it stands wait for it. */
export class TcpConnection implements SipFlow {
  readonly reliable = true;
  readonly running: Promise<void>;
  readonly #waiting: { bytes: Uint8Array; failed?: () => void }[] = [];
  readonly #framer = new StreamFramer();
  #backlog = 0;
  #connection?: Deno.Conn;
  #writing = false;
  #closed = false;
  #idle?: WheelTimer;
  #frame?: WheelTimer;

  constructor(readonly parts: TcpConnectionParts, connection: Deno.Conn | Promise<Deno.Conn>) {
    this.#touch();
    this.running = this.#run(connection);
  }

  get listener(): SipListener {
    return this.parts.listener;
  }

  get address(): string {
    return this.parts.address;
  }

  get port(): number {
    return this.parts.port;
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(bytes: Uint8Array, failed?: () => void): void {
    if (this.#closed || this.#backlog + bytes.length > this.parts.limits.backlog) {
      this.close();
      if (failed) queueMicrotask(failed);
      return;
    }
    this.#touch();
    this.#backlog += bytes.length;
    this.#waiting.push({ bytes, failed });
    this.#write();
  }

  /** Ends the connection and tells those whose messages were still waiting. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.parts.wheel.clear(this.#idle);
    this.parts.wheel.clear(this.#frame);
    try {
      this.#connection?.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    for (const { failed } of this.#waiting.splice(0)) {
      if (failed) queueMicrotask(failed);
    }
    this.parts.onClose();
  }

  #touch(): void {
    this.parts.wheel.clear(this.#idle);
    this.#idle = this.parts.wheel.set(this.parts.limits.idle, () => this.close());
  }

  async #run(connecting: Deno.Conn | Promise<Deno.Conn>): Promise<void> {
    try {
      const connection = await connecting;
      this.#connection = connection;
      if (this.#closed) return connection.close();
      if ("setNoDelay" in connection) (connection as Deno.TcpConn).setNoDelay(true);
      this.#write();
      const buffer = new Uint8Array(16_384);
      for (;;) {
        const count = await connection.read(buffer);
        if (count === null || this.#closed) break;
        this.#take(buffer.subarray(0, count));
        if (this.#closed) break;
      }
    } catch (error) {
      if (!this.#closed) {
        this.parts.log.debug("sip.tcp_closed", { error });
      }
    } finally {
      this.close();
    }
  }

  #take(bytes: Uint8Array): void {
    const messages = this.#framer.push(bytes);
    this.parts.wheel.clear(this.#frame);
    if (this.#framer.partial) {
      this.#frame = this.parts.wheel.set(this.parts.limits.frame, () => this.close());
    }
    for (const parsed of messages) {
      this.#touch();
      if (parsed.kind === "keep_alive") this.send(PONG);
      else this.parts.receive(parsed, this);
    }
    if (this.#framer.broken !== undefined) {
      this.parts.log.debug("sip.tcp_unframed", { reason: this.#framer.broken.reason });
      this.close();
    }
  }

  async #write(): Promise<void> {
    const connection = this.#connection;
    if (this.#writing || connection === undefined) return;
    this.#writing = true;
    try {
      while (this.#waiting.length > 0 && !this.#closed) {
        const { bytes } = this.#waiting[0];
        for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
        this.#waiting.shift();
        this.#backlog -= bytes.length;
      }
    } catch (error) {
      if (!this.#closed) this.parts.log.debug("sip.tcp_write_failed", { error });
      this.close();
    } finally {
      this.#writing = false;
    }
  }
}
