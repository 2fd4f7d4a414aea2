import { pause } from "../pause.ts";

/** Asks again until the answer is good. Throws after `ms` with the last answer. */
export async function until<T>(
  ask: () => Promise<T>,
  good: (answer: T) => boolean,
  ms = 120_000,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (performance.now() > end) throw new Error(`Still ${Deno.inspect(answer)} after ${ms} ms`);
    await pause(10);
  }
}
