/** Times of a cell link, in milliseconds. */
export interface LinkTimes {
  /** From starting to connect until `welcome`. */
  welcome: number;
  ping: number;
  /** A link on which nothing was heard for this long is closed. */
  silence: number;
  /** After all addresses were tried once: the first and the longest wait, before jitter. */
  firstBackoff: number;
  longestBackoff: number;
}

/** The times used outside tests. */
export const LINK_TIMES: LinkTimes = {
  welcome: 5_000,
  ping: 5_000,
  silence: 12_000,
  firstBackoff: 250,
  longestBackoff: 3_000,
};
