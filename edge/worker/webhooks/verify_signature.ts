const PREFIX = "sha256=";

/**
 * Whether a provider's `X-Hub-Signature-256` is the HMAC-SHA256 of the raw body under the asset's
 * app secret. Compares in constant time.
 */
export async function verifySignature(
  secret: string,
  body: Uint8Array,
  header: string | null | undefined,
): Promise<boolean> {
  const hex = header?.startsWith(PREFIX) ? header.slice(PREFIX.length) : "";
  if (!/^[0-9a-f]{64}$/i.test(hex) || secret === "") return false;
  const signature = Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  return await crypto.subtle.verify("HMAC", key, signature, body as BufferSource);
}
