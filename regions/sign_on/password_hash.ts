import { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** scrypt cost parameters (RFC 7914; OWASP's recommended minimum). 16 MiB, about 50 ms. */
const N = 2 ** 14;
const R = 8;
const P = 5;
const KEY_BYTES = 32;

/** Hashes a password with scrypt and a fresh salt: `scrypt$N$r$p$salt$key`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, N, R, P);
  return ["scrypt", N, R, P, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Compares in constant time. A missing hash costs the same and never matches. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, n, r, p, salt, key] = (hash ?? NO_HASH).split("$");
  const expected = Buffer.from(key, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), +n, +r, +p);
  return timingSafeEqual(expected, actual) && hash !== undefined;
}

const NO_HASH = ["scrypt", N, R, P, "A".repeat(22), "A".repeat(43)].join("$");

function derive(password: string, salt: Buffer, n: number, r: number, p: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize("NFKC"),
      salt,
      KEY_BYTES,
      { N: n, r, p, maxmem: 64 << 20 },
      (error, key) => error ? reject(error) : resolve(key),
    );
  });
}
