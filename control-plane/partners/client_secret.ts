import { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** scrypt's cost (RFC 7914): 16 MiB and some 50 ms, for secrets that are random anyway. */
const COST = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 << 20 };
const KEY_BYTES = 32;
const NO_HASH = `scrypt$${"A".repeat(22)}$${"A".repeat(43)}`;

/** A new client secret: 256 random bits, base64url. */
export function newClientSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Hashes a secret with a fresh salt: `scrypt$salt$key`, base64url. */
export async function hashClientSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(secret, salt);
  return `scrypt$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Compares in constant time. Without a hash it costs the same and never matches. */
export async function verifyClientSecret(
  secret: string,
  hash: string | undefined,
): Promise<boolean> {
  const [, salt, key] = (hash ?? NO_HASH).split("$");
  const derived = await derive(secret, Buffer.from(salt, "base64url"));
  return timingSafeEqual(derived, Buffer.from(key, "base64url")) && hash !== undefined;
}

function derive(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(secret, salt, KEY_BYTES, COST, (error, key) => error ? reject(error) : resolve(key))
  );
}
