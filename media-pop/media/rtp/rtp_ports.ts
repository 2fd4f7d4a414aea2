import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { DatagramHandler, DatagramSocket, OpenDatagramSocket } from "./datagram_socket.ts";

/** First and last RTP port, or any free port the system gives. */
export type RtpPortRange = { first: number; last: number } | "ephemeral";

/**
 * Hands out RTP sockets on even ports (RFC 3550 section 11). Ports go round, so a freed one rests
 * for as long as the range allows before late packets of its old call could meet a new one.
 */
export class RtpPorts {
  readonly #range: RtpPortRange;
  readonly #open: OpenDatagramSocket;
  readonly #taken = new Set<number>();
  #next: number;

  constructor(range: RtpPortRange, open: OpenDatagramSocket) {
    if (range !== "ephemeral") check(range);
    this.#range = range;
    this.#open = open;
    this.#next = range === "ephemeral" ? 0 : evenAt(range.first);
  }

  /** Sockets in use. */
  get inUse(): number {
    return this.#taken.size;
  }

  /**
   * Opens a socket on the next free even port, or on `wanted`. O(ports taken). Throws
   * `media_unavailable` when every port of the range, or the wanted one, is taken.
   */
  open(
    hostname: string,
    onPacket: DatagramHandler,
    onError: (error: unknown) => void,
    wanted?: number,
  ): DatagramSocket {
    if (wanted !== undefined) {
      try {
        return this.#keep(this.#open({ hostname, port: wanted }, onPacket, onError));
      } catch (cause) {
        throw new AntiphonError("media_unavailable", `RTP port ${wanted} cannot be opened`, {
          cause,
        });
      }
    }
    if (this.#range === "ephemeral") {
      return this.#keep(this.#open({ hostname, port: 0 }, onPacket, onError));
    }
    const { first, last } = this.#range;
    for (let tries = (last - evenAt(first)) / 2 + 1; tries > 0; tries--) {
      const port = this.#next;
      this.#next = port + 2 > last ? evenAt(first) : port + 2;
      if (this.#taken.has(port)) continue;
      try {
        return this.#keep(this.#open({ hostname, port }, onPacket, onError));
      } catch (cause) {
        if (!(cause instanceof Deno.errors.AddrInUse)) {
          throw new AntiphonError("media_unavailable", `Cannot open an RTP port on ${hostname}`, {
            cause,
          });
        }
      }
    }
    throw new AntiphonError("media_unavailable", "No RTP port is free: widen RTP_PORTS", {
      data: { first, last, inUse: this.#taken.size },
    });
  }

  #keep(socket: DatagramSocket): DatagramSocket {
    const { port } = socket.address;
    this.#taken.add(port);
    return {
      address: socket.address,
      send: (packet, to) => socket.send(packet, to),
      close: () => {
        this.#taken.delete(port);
        socket.close();
      },
    };
  }
}

function evenAt(port: number): number {
  return port + (port & 1);
}

function check({ first, last }: { first: number; last: number }): void {
  const fits = Number.isInteger(first) && Number.isInteger(last) && first >= 1024 &&
    last <= 65535 && evenAt(first) <= last;
  if (fits) return;
  throw new AntiphonError("configuration_invalid", "RTP_PORTS must be FIRST-LAST in 1024-65535", {
    data: { first, last },
  });
}
