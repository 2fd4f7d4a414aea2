/** Bounds of the TCP side. Times in milliseconds, sizes in octets. */
export interface TcpLimits {
  readonly connections: number;
  readonly connectionsOfOneAddress: number;
  /** Closed after so long without a message either way. */
  readonly idle: number;
  /** A message begun must be complete within this. */
  readonly frame: number;
  readonly connect: number;
  /** What may wait to be written before the peer is given up. */
  readonly backlog: number;
}

/** The usual bounds: trunks keep their connections for long and speak seldom. */
export const TCP_LIMITS: TcpLimits = {
  connections: 2000,
  connectionsOfOneAddress: 200,
  idle: 600_000,
  frame: 10_000,
  connect: 4_000,
  backlog: 1_048_576,
};
