/**
 * Makes a generator of UUIDv7 strings (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then a
 * 12-bit counter within the millisecond, then 62 random bits. Ids of one generator sort by time.
 */
export function uuidV7(
  now: () => number = Date.now,
  random: (bytes: Uint8Array<ArrayBuffer>) => void = (b) => void crypto.getRandomValues(b),
): () => string {
  let last = 0;
  let counter = 0;
  const bytes = new Uint8Array(16);
  return () => {
    random(bytes);
    const at = Math.max(now(), last);
    counter = at === last ? counter + 1 : 0;
    last = counter > 0xfff ? at + 1 : at;
    if (counter > 0xfff) counter = 0;
    for (let i = 5, rest = last; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest & 0xff;
    bytes[6] = 0x70 | (counter >> 8);
    bytes[7] = counter & 0xff;
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${
      hex.slice(20)
    }`;
  };
}
