/** A datagram as it was seen on a wire. */
export interface Datagram {
  /** Milliseconds since the Unix epoch, with fractions. */
  at: number;
  from: string;
  fromPort: number;
  to: string;
  toPort: number;
  /** The first bytes of what it carries; the rest may be cut off. */
  payload: Uint8Array;
}

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const ETHERNET = 1;

/**
 * Reads the UDP datagrams over IPv4 of a capture (pcap of libpcap, little-endian, Ethernet). An
 * open end, as a killed capture has it, ends the reading.
 * @throws Error for what is no such capture
 */
export function* readPcap(bytes: Uint8Array): Generator<Datagram> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 24 ? view.getUint32(0, true) : 0;
  if (magic !== MICROSECONDS && magic !== NANOSECONDS) throw new Error("This is no pcap capture");
  if (view.getUint32(20, true) !== ETHERNET) throw new Error("The capture is not of Ethernet");
  const perMs = magic === MICROSECONDS ? 1e3 : 1e6;
  for (let at = 24; at + 16 <= bytes.length;) {
    const time = view.getUint32(at, true) * 1000 + view.getUint32(at + 4, true) / perMs;
    const size = view.getUint32(at + 8, true);
    const frame = bytes.subarray(at + 16, at + 16 + size);
    if (frame.length < size) return;
    at += 16 + size;
    const datagram = readFrame(frame, time);
    if (datagram) yield datagram;
  }
}

function readFrame(frame: Uint8Array, at: number): Datagram | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 42 || view.getUint16(12) !== 0x0800 || frame[14] >> 4 !== 4) return undefined;
  if (frame[23] !== 17) return undefined;
  const udp = 14 + (frame[14] & 0x0f) * 4;
  if (udp + 8 > frame.length) return undefined;
  return {
    at,
    from: frame.subarray(26, 30).join("."),
    fromPort: view.getUint16(udp),
    to: frame.subarray(30, 34).join("."),
    toPort: view.getUint16(udp + 2),
    payload: frame.subarray(udp + 8),
  };
}
