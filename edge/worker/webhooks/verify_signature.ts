import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Verifies `X-Hub-Signature-256`: "sha256=" and the hex HMAC-SHA256 of the raw body, keyed by the
 * app secret. The comparison takes constant time.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 * @throws AntiphonError `signature_mismatch`
 */
export async function verifySignature(
  header: string | null | undefined,
  body: Uint8Array,
  secret: string,
): Promise<void> {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  const signature = new Uint8Array(
    (hex ?? "").match(/../g)?.map((byte) => parseInt(byte, 16)) ?? [],
  );
  if (!hex || !await crypto.subtle.verify("HMAC", key, signature, body as BufferSource)) {
    throw new AntiphonError("signature_mismatch", "Sign the raw body with the asset's app secret");
  }
}
