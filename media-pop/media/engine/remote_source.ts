import { ipBytes } from "../stun/ip_bytes.ts";
import type { DatagramAddress } from "../rtp/datagram_socket.ts";

/**
 * From where a leg takes its first packet: `exact`: the SDP address only; `port`: any port of the
 * SDP host; `any`: whoever comes first, for far ends behind NAT.
 */
export type Latching = "exact" | "port" | "any";

/**
 * The one source a leg listens to. Once a packet was taken, only its source is heard until the SDP
 * names another address. O(1) a packet, no allocation.
 */
export class RemoteSource {
  readonly #latching: Latching;
  #signalled: DatagramAddress | undefined;
  #latched: DatagramAddress | undefined;

  constructor(latching: Latching) {
    this.#latching = latching;
  }

  /** Where to send to: the source heard, else the signalled address. */
  get target(): DatagramAddress | undefined {
    return this.#latched ?? this.#signalled;
  }

  /** Takes the address of the SDP. Throws `invalid_request` when it is no IP address and port. */
  signal(remote: DatagramAddress): void {
    ipBytes(remote.hostname);
    const same = this.#signalled?.hostname === remote.hostname &&
      this.#signalled.port === remote.port;
    this.#signalled = { hostname: remote.hostname, port: remote.port };
    if (!same) this.#latched = undefined;
  }

  /** Whether a packet from here is to be heard; the first one is latched on to. */
  accepts(from: DatagramAddress): boolean {
    const latched = this.#latched;
    if (latched) return from.port === latched.port && from.hostname === latched.hostname;
    const signalled = this.#signalled;
    if (!signalled) return false;
    if (this.#latching !== "any" && from.hostname !== signalled.hostname) return false;
    if (this.#latching === "exact" && from.port !== signalled.port) return false;
    this.#latched = { hostname: from.hostname, port: from.port };
    return true;
  }
}
