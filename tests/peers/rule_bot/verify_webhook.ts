import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** How old or early a signed request may be, in seconds. */
const WINDOW = 300;

/**
 * Whether a request comes from the platform: HMAC-SHA256 over id, time and raw body (Standard
 * Webhooks 1.0), compared in constant time, no older than five minutes.
 *
 * @param secret "whsec_" and base64
 * @param now seconds since 1970
 */
export function verifyWebhook(
  secret: string,
  headers: Headers,
  body: string,
  now: number,
): boolean {
  const id = headers.get("webhook-id");
  const at = headers.get("webhook-timestamp");
  const given = headers.get("webhook-signature");
  if (!id || !at || !given || !(Math.abs(now - Number(at)) <= WINDOW)) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest();
  // A list, so that a secret can be changed: one that fits is enough.
  return given.split(" ").some((entry) => {
    const [version, signature = ""] = entry.split(",");
    const bytes = Buffer.from(signature, "base64");
    return version === "v1" && bytes.length === expected.length &&
      timingSafeEqual(bytes, expected);
  });
}
