const FIRST_MS = 250;
/** While an outage is young, as a failover is, it is asked often: people wait. */
const YOUNG_MS = 15 * 60_000;
const YOUNG_MOST_MS = 5_000;
const MOST_MS = 60_000;

/**
 * Milliseconds until the next attempt at a delivery.
 * @param attempts failed in a row
 * @param ageMs how long the delivery has been waiting
 * @param random in [0, 1), spreads the attempts of many inboxes by a fifth
 */
export function retryDelay(attempts: number, ageMs: number, random: number): number {
  const most = ageMs < YOUNG_MS ? YOUNG_MOST_MS : MOST_MS;
  const delay = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 20), most);
  return Math.round(delay * (0.8 + 0.4 * random));
}
