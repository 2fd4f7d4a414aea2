import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { SipFlow, SipListener } from "./sip_flow.ts";
import type { Receive, SipTransport } from "./sip_transport.ts";
import { TcpSocket, type TcpSocketParts } from "./tcp_socket.ts";
import { UdpSocket } from "./udp_socket.ts";

/** The real network: one socket a listener. */
export class SocketTransport implements SipTransport {
  #sockets: (UdpSocket | TcpSocket)[] = [];

  constructor(readonly wanted: readonly SipListener[], readonly parts: TcpSocketParts) {}

  /** @throws address_in_use, sip_transport; then nothing stays open */
  async open(receive: Receive): Promise<SipListener[]> {
    try {
      for (const listener of this.wanted) {
        this.#sockets.push(
          listener.transport === "udp"
            ? new UdpSocket(listener, this.parts.log, this.parts.counters)
            : new TcpSocket(listener, this.parts),
        );
      }
    } catch (error) {
      await this.close();
      throw error;
    }
    for (const socket of this.#sockets) socket.start(receive);
    return this.#sockets.map((socket) => socket.listener);
  }

  /** @throws sip_transport for a listener that is not open here */
  flowTo(listener: SipListener, address: string, port: number): SipFlow {
    const socket = this.#sockets.find((one) => one.listener === listener);
    if (socket === undefined) {
      throw new AntiphonError(
        "sip_transport",
        "The listener is not open; open the transport first",
      );
    }
    return socket.flowTo(address, port);
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.splice(0).map((socket) => socket.close()));
  }
}
