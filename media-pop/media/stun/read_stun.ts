import { fingerprintOf } from "./fingerprint_of.ts";
import { isStun } from "./is_stun.ts";
import type { StunMessage } from "./stun_message.ts";

const LARGEST = 1280;
const LONGEST_USERNAME = 513;
const KNOWN = new Set([0x0006, 0x0008, 0x0020, 0x0024, 0x0025]);

/**
 * Reads a STUN message and checks its FINGERPRINT, which ICE requires (RFC 8445 section 7.2.2).
 * Undefined when it is malformed. What follows MESSAGE-INTEGRITY is ignored but for FINGERPRINT
 * (RFC 8489 section 14.5). O(length).
 */
export function readStun(packet: Uint8Array): StunMessage | undefined {
  if (!isStun(packet) || packet.length > LARGEST) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  if (view.getUint16(2) + 20 !== packet.length || packet.length % 4 !== 0) return undefined;
  const message: StunMessage = {
    type: view.getUint16(0),
    transactionId: packet.subarray(8, 20),
    useCandidate: false,
    controlled: false,
    integrityAt: -1,
    unknown: [],
  };
  let fingerprinted = false;
  let at = 20;
  while (at + 4 <= packet.length) {
    const type = view.getUint16(at);
    const length = view.getUint16(at + 2);
    const start = at + 4;
    if (fingerprinted || start + length > packet.length) return undefined;
    if (type === 0x8028) {
      if (length !== 4) return undefined;
      if (fingerprintOf(packet.subarray(0, at)) !== view.getUint32(start)) return undefined;
      fingerprinted = true;
    } else if (message.integrityAt < 0) {
      if (!readAttribute(message, type, packet, at, length)) return undefined;
    }
    at = start + ((length + 3) & ~3);
  }
  return fingerprinted && at === packet.length ? message : undefined;
}

function readAttribute(
  message: StunMessage,
  type: number,
  packet: Uint8Array,
  at: number,
  length: number,
): boolean {
  if (type === 0x0006) {
    if (length > LONGEST_USERNAME || message.username) return false;
    const text = new TextDecoder().decode(packet.subarray(at + 4, at + 4 + length));
    const colon = text.indexOf(":");
    if (colon > 0) message.username = { ours: text.slice(0, colon), theirs: text.slice(colon + 1) };
  } else if (type === 0x0008) {
    if (length !== 20) return false;
    message.integrityAt = at;
  } else if (type === 0x0025) message.useCandidate = true;
  else if (type === 0x8029) message.controlled = true;
  else if (type < 0x8000 && !KNOWN.has(type)) message.unknown.push(type);
  return true;
}
