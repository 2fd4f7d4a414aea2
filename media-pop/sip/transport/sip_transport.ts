import type { ParsedMessage } from "../message/parse_message.ts";
import type { SipFlow, SipListener } from "./sip_flow.ts";

/** Takes what arrives. Must not throw. */
export type Receive = (parsed: ParsedMessage, flow: SipFlow) => void;

/** The network as the transactions see it: real sockets, or a simulated network in tests. */
export interface SipTransport {
  /** Starts to listen. Resolves to the listeners with their true ports. */
  open(receive: Receive): Promise<SipListener[]>;
  /** The flow to a remote address by a listener; a TCP connection is made or reused. */
  flowTo(listener: SipListener, address: string, port: number): SipFlow;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}
