import { z } from "zod";
import { Slug, Uuid } from "../ids/names.ts";

/** What a person may do. */
export const Role = z.enum(["agent", "supervisor", "admin"]);
export type Role = z.infer<typeof Role>;

/** Who a person's access token speaks for (RFC 9068 profile). */
export const AccessTokenClaims = z.object({
  /** The agent's id within the tenant. */
  sub: Slug,
  tenant: Uuid,
  roles: z.array(Role).min(1),
  /** Seconds since the Unix epoch. */
  exp: z.number().int(),
});
export type AccessTokenClaims = z.infer<typeof AccessTokenClaims>;

/** The audience of every person's access token. */
export const ACCESS_TOKEN_AUDIENCE = "antiphon";
