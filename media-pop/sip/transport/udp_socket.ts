import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import { parseMessage } from "../message/parse_message.ts";
import type { SipFlow, SipListener } from "./sip_flow.ts";
import type { Receive } from "./sip_transport.ts";
import { pause } from "./pause.ts";

/** Milliseconds between tries when the system refuses again and again. */
const RETRY = 20;

const PONG = new Uint8Array([13, 10]);
const MOST_FLOWS = 10_000;
const MOST_WAITING = 20_000;

/**
 * One UDP listener. One buffer serves every datagram; the parser copies what is kept. Sends go
 * out in the order they were asked for.
 */
export class UdpSocket {
  readonly listener: SipListener;
  readonly #socket: Deno.DatagramConn;
  readonly #flows = new Map<string, SipFlow>();
  readonly #waiting: { bytes: Uint8Array; to: Deno.NetAddr; failed?: () => void }[] = [];
  #sending = false;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  /** @throws address_in_use, sip_transport */
  constructor(wanted: SipListener, readonly log: Logger, readonly counters: Counters) {
    try {
      this.#socket = Deno.listenDatagram({
        transport: "udp",
        hostname: wanted.hostname,
        port: wanted.port,
      });
    } catch (cause) {
      const code = cause instanceof Deno.errors.AddrInUse ? "address_in_use" : "sip_transport";
      const place = `udp ${wanted.hostname}:${wanted.port}`;
      throw new AntiphonError(code, `Cannot listen on ${place}; free it or choose another`, {
        cause,
      });
    }
    this.listener = { ...wanted, port: (this.#socket.addr as Deno.NetAddr).port };
  }

  /** Begins to receive. */
  start(receive: Receive): void {
    this.#running = this.#receive(receive);
  }

  /** The flow to a peer, one object a peer. */
  flowTo(address: string, port: number): SipFlow {
    const key = `${address}|${port}`;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    if (this.#flows.size >= MOST_FLOWS) this.#flows.clear();
    const to: Deno.NetAddr = { transport: "udp", hostname: bare(address), port };
    const flow: SipFlow = {
      listener: this.listener,
      address,
      port,
      reliable: false,
      closed: false,
      send: (bytes, failed) => {
        if (this.#waiting.length >= MOST_WAITING) return failed && queueMicrotask(failed);
        this.#waiting.push({ bytes, to, failed });
        if (!this.#sending) this.#send();
      },
    };
    this.#flows.set(key, flow);
    return flow;
  }

  /** Stops. Resolves once nothing is delivered any more. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    await this.#running;
  }

  /** One send at a time: the runtime does not keep the order of several. */
  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0) {
      for (const { bytes, to, failed } of this.#waiting.splice(0)) {
        if (this.#closed) return;
        try {
          await this.#socket.send(bytes, to);
        } catch (error) {
          if (this.#closed) return;
          this.counters.add("sip_send_failures_total", { transport: "udp" });
          this.log.debug("sip.udp_send_failed", { error });
          failed?.();
        }
      }
    }
    this.#sending = false;
  }

  async #receive(receive: Receive): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (;;) {
      try {
        const [datagram, from] = await this.#socket.receive(buffer);
        const { hostname, port } = from as Deno.NetAddr;
        const flow = this.flowTo(hostname, port);
        const parsed = parseMessage(datagram);
        if (parsed.kind !== "keep_alive") receive(parsed, flow);
        else if (parsed.ping) flow.send(PONG);
      } catch (error) {
        if (this.#closed) return;
        // e.g. ICMP unreachable of an earlier send: the socket itself goes on
        this.log.warn("sip.udp_receive_failed", { error });
        if (error instanceof Deno.errors.BadResource) return;
        await pause(RETRY);
      }
    }
  }
}

function bare(address: string): string {
  return address.startsWith("[") ? address.slice(1, -1) : address;
}
