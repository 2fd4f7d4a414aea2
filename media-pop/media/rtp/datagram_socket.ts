/** Where a datagram came from or goes to: an IP address in text and a port. */
export interface DatagramAddress {
  readonly hostname: string;
  readonly port: number;
}

/**
 * A UDP socket as the engine uses it, kept small so that one which sends and receives in batches
 * fits behind it.
 */
export interface DatagramSocket {
  /** The bound address. */
  readonly address: DatagramAddress;
  /**
   * Sends one datagram. `packet` must stay unchanged for as long as its {@linkcode PacketRing}
   * keeps it; `to` should be a kept object. Failures are counted, never thrown: UDP may lose.
   */
  send(packet: Uint8Array, to: DatagramAddress): void;
  /** Stops receiving and frees the port. Idempotent. */
  close(): void;
}

/** Takes one datagram; `packet` is only valid during the call. */
export type DatagramHandler = (packet: Uint8Array, from: DatagramAddress) => void;

/** Opens a socket. Port 0 takes any free one. Throws `Deno.errors.AddrInUse` and the like. */
export type OpenDatagramSocket = (
  local: DatagramAddress,
  onPacket: DatagramHandler,
  onError: (error: unknown) => void,
) => DatagramSocket;
