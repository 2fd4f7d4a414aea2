/** Longest time that counts as a pause between two attempts, in milliseconds. */
const PAUSE_MS = 250;

/**
 * A timer on a clock that goes on as soon as nothing else is left to do. What is set for longer than
 * a pause between attempts, such as a deadline, never comes.
 */
export function quickTimer(clock: { at: number }): (ms: number, run: () => void) => () => void {
  return (ms, run) => {
    const id = ms > PAUSE_MS ? undefined : setTimeout(() => {
      clock.at += ms;
      run();
    });
    return () => clearTimeout(id);
  };
}
