/**
 * Erlang's loss formula: the probability that all servers are busy, by the recursion
 * B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)).
 *
 * @param servers Whole and positive.
 * @param load Arrivals a mean service time brings (erlang).
 */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = load * blocked / (n + load * blocked);
  return blocked;
}
