import type { DatagramAddress } from "../rtp/datagram_socket.ts";
import { StunWriter } from "./stun_writer.ts";
import { xorAddress } from "./xor_address.ts";

/** A Binding success response to a request that came from `from` (RFC 8445 section 7.3). */
export function bindingSuccess(
  transactionId: Uint8Array,
  from: DatagramAddress,
  password: string,
): Uint8Array {
  return new StunWriter(0x0101, transactionId)
    .attribute(0x0020, xorAddress(from, transactionId))
    .integrity(password).finish();
}
