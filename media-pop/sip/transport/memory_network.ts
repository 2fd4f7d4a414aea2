import { parseMessage } from "../message/parse_message.ts";
import type { SipFlow, SipListener } from "./sip_flow.ts";
import type { Receive, SipTransport } from "./sip_transport.ts";
import type { VirtualClock } from "./virtual_clock.ts";

/** How a {@linkcode MemoryNetwork} behaves. */
export interface MemoryNetworkOptions {
  readonly clock: VirtualClock;
  /** Numbers in [0, 1). */
  readonly random?: () => number;
  /** Share of UDP messages lost. */
  readonly loss?: number;
  /** One-way delay in milliseconds: at least `delay`, and up to `jitter` more (which reorders). */
  readonly delay?: number;
  readonly jitter?: number;
}

/** A message that went over the network, for tests to look at. */
export interface Sent {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly lost: boolean;
}

/** A network in memory under virtual time: UDP with loss, delay and reordering, TCP without. */
export class MemoryNetwork {
  readonly sent: Sent[] = [];
  readonly #places = new Map<string, { listener: SipListener; receive: Receive }>();
  /** May be changed while running. */
  loss: number;

  constructor(readonly options: MemoryNetworkOptions) {
    this.loss = options.loss ?? 0;
  }

  /** A transport whose listeners have the addresses given, with fixed ports. */
  transport(listeners: readonly SipListener[]): SipTransport {
    const keys = listeners.map(keyOf);
    return {
      open: (receive) => {
        for (const listener of listeners) this.#places.set(keyOf(listener), { listener, receive });
        return Promise.resolve([...listeners]);
      },
      flowTo: (listener, address, port) => this.#flow(listener, address, port),
      close: () => {
        for (const key of keys) this.#places.delete(key);
        return Promise.resolve();
      },
    };
  }

  /** Puts raw octets on the wire, as a peer outside the test would. */
  inject(from: SipListener, to: SipListener, bytes: Uint8Array): void {
    this.#flow(from, to.hostname, to.port).send(bytes);
  }

  #flow(listener: SipListener, address: string, port: number): SipFlow {
    const reliable = listener.transport === "tcp";
    return {
      listener,
      address,
      port,
      reliable,
      closed: false,
      send: (bytes, failed) => {
        const to = `${listener.transport}:${address}:${port}`;
        const { clock, random = Math.random, delay = 5, jitter = 0 } = this.options;
        const lost = !reliable && random() < this.loss;
        const text = new TextDecoder().decode(bytes);
        this.sent.push({ at: clock.now(), from: keyOf(listener), to, text, lost });
        if (lost) return;
        const copy = bytes.slice();
        clock.after(delay + (reliable ? 0 : random() * jitter), () => {
          const place = this.#places.get(to);
          if (place === undefined) return reliable ? failed?.() : undefined;
          const back = this.#flow(place.listener, listener.hostname, listener.port);
          place.receive(parseMessage(copy), back);
        });
      },
    };
  }
}

function keyOf(listener: SipListener): string {
  return `${listener.transport}:${listener.hostname}:${listener.port}`;
}
