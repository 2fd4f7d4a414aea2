/** Transports served here. */
export type SipTransportName = "udp" | "tcp";

/** A place the PoP listens on. */
export interface SipListener {
  readonly transport: SipTransportName;
  /** Address bound to. */
  readonly hostname: string;
  /** Port bound to; 0 asks for any and is replaced by the port given once open. */
  readonly port: number;
  /** Host written into Via and Contact; the bound address unless told. */
  readonly advertised?: string;
}

/**
 * A path to one remote address over one listener: a peer of a UDP socket or a TCP connection.
 * Answers to a request leave by the flow it came in by.
 */
export interface SipFlow {
  readonly listener: SipListener;
  readonly address: string;
  readonly port: number;
  /** Whether the transport itself repeats what is lost (TCP). */
  readonly reliable: boolean;
  /** A TCP connection that has ended; nothing more can be sent. */
  readonly closed: boolean;
  /** Sends one message. `failed` is called at most once, later, if it surely did not go out. */
  send(bytes: Uint8Array, failed?: () => void): void;
}
