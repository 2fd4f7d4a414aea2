/** Times of the edge's front, in milliseconds. */
export interface FrontTimes {
  /** How long a request waits for the worker. */
  hold: number;
  /** How long a client may be silent between two requests, and take over a head. */
  idle: number;
  head: number;
  /** A connection to the worker without a request is closed; sooner than the worker does it. */
  spare: number;
  /** Between two looks for such connections. */
  sweep: number;
}

/** The times used outside tests. workerd closes an idle connection after five seconds. */
export const FRONT_TIMES: FrontTimes = {
  hold: 15_000,
  idle: 75_000,
  head: 15_000,
  spare: 3_000,
  sweep: 1_000,
};
