import { isIPv4, isIPv6 } from "node:net";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** The 4 or 16 bytes of an IP address in text. Throws `invalid_request` for anything else. */
export function ipBytes(text: string): Uint8Array {
  if (isIPv4(text)) return Uint8Array.from(text.split("."), Number);
  const plain = text.split("%")[0];
  if (!isIPv6(plain)) throw new AntiphonError("invalid_request", "Give an IP address, not a name");
  const dotted = plain.lastIndexOf(".") < 0 ? plain : withoutDots(plain);
  const [head, tail] = dotted.split("::");
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const middle = Array<number>(8 - left.length - right.length).fill(0);
  return Uint8Array.from([...left, ...middle, ...right].flatMap((g) => [g >> 8, g & 0xff]));
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => parseInt(group, 16));
}

/** Turns the last IPv4 part of `::ffff:192.0.2.1` into two groups. */
function withoutDots(text: string): string {
  const colon = text.lastIndexOf(":");
  const [a, b, c, d] = text.slice(colon + 1).split(".").map(Number);
  return `${text.slice(0, colon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
