import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { SipFlow, SipListener } from "./sip_flow.ts";
import type { Receive } from "./sip_transport.ts";
import { TcpConnection } from "./tcp_connection.ts";
import { TCP_LIMITS, type TcpLimits } from "./tcp_limits.ts";
import type { TimerWheel } from "./timer_wheel.ts";
import { pause } from "./pause.ts";

/** Milliseconds between tries when the system refuses again and again. */
const RETRY = 20;

/** What a {@linkcode TcpSocket} needs. */
export interface TcpSocketParts {
  readonly log: Logger;
  readonly counters: Counters;
  readonly wheel: TimerWheel;
  readonly limits?: TcpLimits;
  /** Whether a connection from this address is taken at all. */
  readonly admit?: (address: string) => boolean;
}

/** One TCP listener and the connections accepted and made on its behalf. */
export class TcpSocket {
  readonly listener: SipListener;
  readonly #socket: Deno.TcpListener;
  readonly #limits: TcpLimits;
  readonly #connections = new Set<TcpConnection>();
  readonly #byPeer = new Map<string, TcpConnection>();
  #receive: Receive = () => {};
  #accepting: Promise<void> = Promise.resolve();
  #closed = false;

  /** @throws address_in_use, sip_transport */
  constructor(wanted: SipListener, readonly parts: TcpSocketParts) {
    this.#limits = parts.limits ?? TCP_LIMITS;
    try {
      this.#socket = Deno.listen({ hostname: wanted.hostname, port: wanted.port });
    } catch (cause) {
      const code = cause instanceof Deno.errors.AddrInUse ? "address_in_use" : "sip_transport";
      const place = `tcp ${wanted.hostname}:${wanted.port}`;
      throw new AntiphonError(code, `Cannot listen on ${place}; free it or choose another`, {
        cause,
      });
    }
    this.listener = { ...wanted, port: this.#socket.addr.port };
  }

  /** Begins to accept. */
  start(receive: Receive): void {
    this.#receive = receive;
    this.#accepting = this.#accept();
  }

  /** The open connection to a peer, or a new one. */
  flowTo(address: string, port: number): SipFlow {
    const known = this.#byPeer.get(`${address}|${port}`);
    if (known !== undefined && !known.closed) return known;
    return this.#add(address, port, this.#connect(address, port));
  }

  /** Stops listening and closes every connection. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    const all = [...this.#connections];
    for (const connection of all) connection.close();
    await Promise.all([this.#accepting, ...all.map((connection) => connection.running)]);
  }

  async #accept(): Promise<void> {
    for (;;) {
      try {
        const connection = await this.#socket.accept();
        const { hostname, port } = connection.remoteAddr;
        if (this.#admits(hostname)) this.#add(hostname, port, connection);
        else {
          this.parts.counters.add("sip_connections_refused_total");
          connection.close();
        }
      } catch (error) {
        if (this.#closed || error instanceof Deno.errors.BadResource) return;
        this.parts.log.warn("sip.tcp_accept_failed", { error });
        await pause(RETRY);
      }
    }
  }

  #admits(address: string): boolean {
    if (this.#connections.size >= this.#limits.connections) return false;
    let same = 0;
    for (const connection of this.#connections) if (connection.address === address) same++;
    return same < this.#limits.connectionsOfOneAddress && (this.parts.admit?.(address) ?? true);
  }

  #add(address: string, port: number, connection: Deno.Conn | Promise<Deno.Conn>): TcpConnection {
    const key = `${address}|${port}`;
    const { log, wheel } = this.parts;
    const onClose = () => {
      this.#connections.delete(added);
      if (this.#byPeer.get(key) === added) this.#byPeer.delete(key);
    };
    const limits = this.#limits;
    const receive: Receive = (parsed, flow) => this.#receive(parsed, flow);
    const parts = { listener: this.listener, address, port, limits, wheel, log, receive, onClose };
    const added: TcpConnection = new TcpConnection(parts, connection);
    this.#connections.add(added);
    this.#byPeer.set(key, added);
    return added;
  }

  async #connect(address: string, port: number): Promise<Deno.Conn> {
    const hostname = address.startsWith("[") ? address.slice(1, -1) : address;
    const abort = new AbortController();
    const { wheel } = this.parts;
    const timer = wheel.set(this.#limits.connect, () => abort.abort());
    try {
      return await Deno.connect({ hostname, port, signal: abort.signal });
    } finally {
      wheel.clear(timer);
    }
  }
}
