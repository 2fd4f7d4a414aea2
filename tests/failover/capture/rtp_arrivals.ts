import type { Datagram } from "./read_pcap.ts";

/** RTP that came to one port: when, and with which numbers. */
export interface RtpArrivals {
  port: number;
  fromPort: number;
  /** Milliseconds since the Unix epoch. */
  times: number[];
  ssrcs: number[];
  sequences: number[];
}

const HEADER = 12;

/** RTCP behind RTP's first two bits (RFC 5761 section 4): packet types 192 to 223. */
function isRtcp(second: number): boolean {
  return second >= 192 && second <= 223;
}

/** The RTP and SRTP (RFC 3550, RFC 3711) that came to an address, by port. */
export function rtpArrivals(datagrams: Iterable<Datagram>, address: string): RtpArrivals[] {
  const streams = new Map<number, RtpArrivals>();
  for (const { at, to, toPort, fromPort, payload } of datagrams) {
    if (to !== address || payload.length < HEADER) continue;
    if (payload[0] >> 6 !== 2 || isRtcp(payload[1])) continue;
    const view = new DataView(payload.buffer, payload.byteOffset, HEADER);
    const stream = streams.get(toPort) ??
      { port: toPort, fromPort, times: [], ssrcs: [], sequences: [] };
    streams.set(toPort, stream);
    stream.times.push(at);
    stream.sequences.push(view.getUint16(2));
    stream.ssrcs.push(view.getUint32(8));
  }
  return [...streams.values()];
}
