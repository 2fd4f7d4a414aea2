import { z } from "zod";

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "32 bytes as base64url");

/**
 * A public key that sensitive values are sealed with: compact JWE (RFC 7516), ECDH-ES+A256KW and
 * A256GCM, the key's id in the header.
 */
export const SealKey = z.object({
  /** `tenant:{tenantId}:{n}`. */
  keyId: z.string().min(1).max(128),
  jwk: z.object({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    x: Coordinate,
    y: Coordinate,
  }),
});
export type SealKey = z.infer<typeof SealKey>;
