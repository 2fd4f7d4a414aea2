import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";

/**
 * The headers that prove a request to be ours (Standard Webhooks 1.0): HMAC-SHA256 over id, time
 * and body, joined with full stops.
 *
 * @param secret "whsec_" and base64
 * @param at Epoch ms of this attempt.
 */
export function signTurn(
  secret: string,
  id: string,
  body: Uint8Array,
  at: number,
): Record<string, string> {
  const seconds = Math.floor(at / 1000);
  const signature = createHmac("sha256", botKey(secret)).update(`${id}.${seconds}.`).update(body)
    .digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": `v1,${signature}`,
  };
}

/** The bytes of a virtual agent's secret. */
export function botKey(secret: string): Uint8Array {
  return new Uint8Array(Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
}
