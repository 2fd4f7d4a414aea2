/** Whether a datagram is STUN (RFC 7983 section 7, RFC 8489 section 5: the magic cookie). */
export function isStun(packet: Uint8Array): boolean {
  return packet.length >= 20 && packet[0] < 4 && packet[4] === 0x21 && packet[5] === 0x12 &&
    packet[6] === 0xa4 && packet[7] === 0x42;
}
