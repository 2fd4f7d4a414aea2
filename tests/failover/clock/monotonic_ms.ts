/** `CLOCK_MONOTONIC` of clock_gettime(2) on Linux. */
const CLOCK_MONOTONIC = 1;

let read: (() => number) | undefined;

/**
 * The machine's monotonic clock in milliseconds, with fractions: the same in all its processes and
 * network namespaces, and untouched when somebody sets the time of day. Linux only.
 */
export function monotonicMs(): number {
  read ??= open();
  return read();
}

function open(): () => number {
  const { symbols } = Deno.dlopen("libc.so.6", {
    clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  });
  const time = new BigInt64Array(8);
  return () => {
    symbols.clock_gettime(CLOCK_MONOTONIC, time);
    return Number(time[0]) * 1000 + Number(time[1]) / 1e6;
  };
}
