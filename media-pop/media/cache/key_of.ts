import { digestOf } from "./digest_of.ts";

/** A cache key of some parts: the hexadecimal SHA-256 of them all. */
export async function keyOf(...parts: readonly (string | null)[]): Promise<string> {
  const digest = await digestOf(new TextEncoder().encode(JSON.stringify(parts)));
  return digest.toHex();
}
