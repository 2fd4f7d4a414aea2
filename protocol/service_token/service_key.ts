import { z } from "zod";
import { ServiceName } from "../ids/names.ts";

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A service's public signing key: an EC P-256 JWK (RFC 7517) and whose it is. */
export const ServiceKey = z.object({
  service: ServiceName,
  jwk: z.object({
    kty: z.literal("EC"),
    crv: z.literal("P-256"),
    kid: z.string().min(1).max(128),
    x: coordinate,
    y: coordinate,
  }),
});
export type ServiceKey = z.infer<typeof ServiceKey>;

/** The private half, as a service reads it from its key file. */
export const PrivateServiceKey = z.object({
  service: ServiceName,
  jwk: ServiceKey.shape.jwk.extend({ d: coordinate }),
});
export type PrivateServiceKey = z.infer<typeof PrivateServiceKey>;
