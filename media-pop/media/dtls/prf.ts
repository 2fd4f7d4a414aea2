import { createHmac } from "node:crypto";
import { concat } from "./concat.ts";

/** The pseudorandom function of TLS 1.2 with SHA-256 (RFC 5246 section 5): `size` bytes. */
export function prf(secret: Uint8Array, label: string, seed: Uint8Array, size: number): Uint8Array {
  const start = concat(new TextEncoder().encode(label), seed);
  const hmac = (data: Uint8Array): Uint8Array => createHmac("sha256", secret).update(data).digest();
  const parts: Uint8Array[] = [];
  let a = start;
  for (let made = 0; made < size; made += 32) {
    a = hmac(a);
    parts.push(hmac(concat(a, start)));
  }
  return concat(...parts).slice(0, size);
}
