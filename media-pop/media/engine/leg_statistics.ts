/** What is known of a leg's media. Times are milliseconds since 1970, absent before the first. */
export interface LegStatistics {
  packetsIn: number;
  packetsOut: number;
  octetsOut: number;
  lost: number;
  outOfOrder: number;
  duplicates: number;
  /** Interarrival jitter in milliseconds (RFC 3550 A.8). */
  jitter: number;
  firstPacketAt?: number;
  lastPacketAt?: number;
  /** What the far end reports of what we send, where it sends RTCP. */
  remote?: RemoteReport;
}

/** The far end's last receiver report. */
export interface RemoteReport {
  /** 0..1 since the report before. */
  fractionLost: number;
  lost: number;
  /** Milliseconds. */
  jitter: number;
  /** Milliseconds, once measurable. */
  roundTrip?: number;
}
