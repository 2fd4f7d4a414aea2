/** Times of a cell link, in milliseconds. */
export interface LinkTimes {
  /** From starting to connect until the socket is open. */
  connect: number;
  /** From `hello` until `welcome` or `standby`. */
  welcome: number;
  /** Between two pings, on each socket that was answered. */
  ping: number;
  /** A socket on which nothing was heard for this long is closed. */
  silence: number;
  /** After a socket was lost or not opened: the first and the longest wait, before jitter. */
  firstBackoff: number;
  longestBackoff: number;
  /** How long an address is left alone that claims the epoch of the cell that is followed. */
  rival: number;
}

/** The times used outside tests: a silent cell is noticed in about two seconds. */
export const LINK_TIMES: LinkTimes = {
  connect: 2_000,
  welcome: 5_000,
  ping: 500,
  silence: 1_750,
  firstBackoff: 100,
  longestBackoff: 1_000,
  rival: 30_000,
};
