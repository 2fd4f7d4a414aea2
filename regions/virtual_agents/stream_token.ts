import { SignJWT } from "jose";
import { botKey } from "./sign_turn.ts";

/** What a stream's token names. */
export interface StreamTokenClaims {
  url: string;
  interactionId: string;
  streamId: string;
  tenantId: string;
}

/** How long a socket may be opened with it, in milliseconds. */
const VALID_MS = 120_000;

/**
 * The Authorization header a stream is opened with: a JSON Web Token (RFC 7519) signed with the
 * virtual agent's secret (HS256), good for one address and two minutes.
 *
 * @param at Epoch ms.
 */
export async function streamToken(
  secret: string,
  { url, interactionId, streamId, tenantId }: StreamTokenClaims,
  at: number,
): Promise<string> {
  const token = await new SignJWT({ tenant: tenantId }).setProtectedHeader({ alg: "HS256" })
    .setIssuer("antiphon").setAudience(url).setSubject(interactionId).setJti(streamId)
    .setIssuedAt(Math.floor(at / 1000)).setExpirationTime(Math.floor((at + VALID_MS) / 1000))
    .sign(botKey(secret));
  return `Bearer ${token}`;
}
