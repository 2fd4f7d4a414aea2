/** Hears what a compound RTCP packet says. Numbers are as on the wire. */
export interface RtcpListener {
  /** A sender report; `middle` is the middle 32 bits of its NTP time. */
  senderReport?(ssrc: number, middle: number): void;
  /** One report block about `source`, in an SR or RR of `ssrc`. */
  reportBlock?(block: ReportBlock): void;
  bye?(ssrc: number): void;
}

/** A reception report block (RFC 3550 section 6.4.1). */
export interface ReportBlock {
  ssrc: number;
  source: number;
  /** 0..1 since the last report. */
  fractionLost: number;
  lost: number;
  jitter: number;
  lastSr: number;
  delaySinceLastSr: number;
}

/**
 * Walks a compound RTCP packet (RFC 3550 appendix A.2). False, with nothing more said, at the first
 * malformed part; unknown packet types are skipped. O(length).
 */
export function readRtcp(packet: Uint8Array, length: number, listener: RtcpListener): boolean {
  const view = new DataView(packet.buffer, packet.byteOffset, length);
  let at = 0;
  while (at < length) {
    if (at + 4 > length || (packet[at] & 0xc0) !== 0x80) return false;
    const count = packet[at] & 0x1f;
    const type = packet[at + 1];
    const end = at + 4 + view.getUint16(at + 2) * 4;
    if (end > length) return false;
    if (type === 200 && !readSenderReport(view, at, end, count, listener)) return false;
    if (type === 201 && !readBlocks(view, at, at + 8, end, count, listener)) return false;
    if (type === 203) {
      if (at + 4 + count * 4 > end) return false;
      for (let i = 0; i < count; i++) listener.bye?.(view.getUint32(at + 4 + i * 4));
    }
    at = end;
  }
  return length > 0;
}

function readSenderReport(
  view: DataView,
  at: number,
  end: number,
  count: number,
  listener: RtcpListener,
): boolean {
  if (at + 28 > end) return false;
  listener.senderReport?.(view.getUint32(at + 4), view.getUint32(at + 10));
  return readBlocks(view, at, at + 28, end, count, listener);
}

function readBlocks(
  view: DataView,
  at: number,
  start: number,
  end: number,
  count: number,
  listener: RtcpListener,
): boolean {
  if (start + count * 24 > end) return false;
  for (let i = 0; i < count; i++) {
    const b = start + i * 24;
    const loss = view.getUint32(b + 4);
    listener.reportBlock?.({
      ssrc: view.getUint32(at + 4),
      source: view.getUint32(b),
      fractionLost: (loss >>> 24) / 256,
      lost: (loss << 8) >> 8,
      jitter: view.getUint32(b + 12),
      lastSr: view.getUint32(b + 16),
      delaySinceLastSr: view.getUint32(b + 20),
    });
  }
  return true;
}
