import { z } from "zod";
import { Role } from "../access_token/access_token_claims.ts";
import { Slug, Uuid } from "../ids/names.ts";

/** `POST /v1/sign-on` at the edge, from a person's browser. */
export const SignOnRequest = z.object({
  tenant: Slug,
  username: z.string().min(1).max(120),
  password: z.string().min(1).max(256),
});
export type SignOnRequest = z.infer<typeof SignOnRequest>;

/** `POST /internal/sign-on` at the cell, from the edge. */
export const CellSignOnRequest = z.discriminatedUnion("grant", [
  z.object({
    grant: z.literal("password"),
    tenantId: Uuid,
    username: z.string().min(1).max(120),
    password: z.string().min(1).max(256),
  }),
  z.object({
    grant: z.literal("refresh"),
    tenantId: Uuid,
    refreshToken: z.string().min(20).max(256),
  }),
  z.object({
    grant: z.literal("revoke"),
    tenantId: Uuid,
    refreshToken: z.string().min(20).max(256),
  }),
]);
export type CellSignOnRequest = z.infer<typeof CellSignOnRequest>;

/** What a cell grants. A refresh token is good once; its use gives the next one. */
export const CellSignOnGrant = z.object({
  accessToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.number().int(),
  refreshToken: z.string(),
  /** Seconds until the refresh token ends. */
  refreshExpiresIn: z.number().int(),
  agent: z.object({ id: Slug, name: z.string(), roles: z.array(Role) }),
});
export type CellSignOnGrant = z.infer<typeof CellSignOnGrant>;

/** What the edge answers to the browser; the refresh token goes into an HttpOnly cookie instead. */
export const SignOnAnswer = CellSignOnGrant.pick({
  accessToken: true,
  expiresIn: true,
  agent: true,
})
  .extend({
    tenantId: Uuid,
    tenantName: z.string(),
    /** WebSocket address of the nearest PoP's softphone signalling. */
    softphoneUrl: z.string(),
  });
export type SignOnAnswer = z.infer<typeof SignOnAnswer>;
