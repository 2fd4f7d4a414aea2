/**
 * The header of one RTP packet (RFC 3550 section 5.1), read in place into fields of a reused object:
 * `parse` allocates nothing and is O(1).
 */
export class RtpHeader {
  marker = false;
  payloadType = 0;
  sequence = 0;
  timestamp = 0;
  ssrc = 0;
  /** Offset of the first payload byte. */
  payloadStart = 0;
  /** Offset behind the last payload byte, padding taken off. */
  payloadEnd = 0;
  /** Profile of the header extension (0xbede: RFC 8285 one-byte), 0 when there is none. */
  extensionProfile = 0;
  extensionStart = 0;
  extensionEnd = 0;

  /** Reads a packet. False when it is not well-formed RTP version 2; the fields are then unusable. */
  parse(packet: Uint8Array, length = packet.length): boolean {
    if (length < 12 || (packet[0] & 0xc0) !== 0x80) return false;
    let start = 12 + (packet[0] & 0x0f) * 4;
    this.extensionProfile = 0;
    this.extensionStart = this.extensionEnd = start;
    if (packet[0] & 0x10) {
      if (start + 4 > length) return false;
      this.extensionProfile = (packet[start] << 8) | packet[start + 1];
      this.extensionStart = start + 4;
      start += 4 + ((packet[start + 2] << 8) | packet[start + 3]) * 4;
      this.extensionEnd = start;
    }
    let end = length;
    if (packet[0] & 0x20) {
      const padding = packet[length - 1];
      if (padding === 0) return false;
      end -= padding;
    }
    if (start > end) return false;
    this.payloadStart = start;
    this.payloadEnd = end;
    this.marker = (packet[1] & 0x80) !== 0;
    this.payloadType = packet[1] & 0x7f;
    this.sequence = (packet[2] << 8) | packet[3];
    this.timestamp = ((packet[4] << 24) | (packet[5] << 16) | (packet[6] << 8) | packet[7]) >>> 0;
    this.ssrc = ((packet[8] << 24) | (packet[9] << 16) | (packet[10] << 8) | packet[11]) >>> 0;
    return true;
  }
}
