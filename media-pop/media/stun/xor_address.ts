import type { DatagramAddress } from "../rtp/datagram_socket.ts";
import { ipBytes } from "./ip_bytes.ts";

/** The value of XOR-MAPPED-ADDRESS, for IPv4 and IPv6 (RFC 8489 section 14.2). */
export function xorAddress(address: DatagramAddress, transactionId: Uint8Array): Uint8Array {
  const ip = ipBytes(address.hostname);
  const mask = Uint8Array.of(0x21, 0x12, 0xa4, 0x42, ...transactionId);
  const value = new Uint8Array(4 + ip.length);
  value[1] = ip.length === 4 ? 1 : 2;
  value[2] = (address.port >> 8) ^ 0x21;
  value[3] = (address.port & 0xff) ^ 0x12;
  for (let i = 0; i < ip.length; i++) value[4 + i] = ip[i] ^ mask[i];
  return value;
}
