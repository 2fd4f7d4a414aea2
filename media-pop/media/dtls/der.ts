import { concat } from "./concat.ts";

/** One DER element: tag, length, and its parts joined (ITU-T X.690). Up to 64 KiB. */
export function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const body = concat(...parts);
  const { length } = body;
  const head = length < 128
    ? [tag, length]
    : length < 256
    ? [tag, 0x81, length]
    : [tag, 0x82, length >> 8, length & 0xff];
  return concat(Uint8Array.from(head), body);
}
