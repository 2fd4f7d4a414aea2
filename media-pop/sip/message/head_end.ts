const CR = 13, LF = 10;

/** Where CRLFCRLF begins at or after `from`, -1 if it is not there. */
export function headEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(CR, at);
    if (at < 0 || at + 3 >= bytes.length) return -1;
    if (bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF) return at;
    at++;
  }
}
