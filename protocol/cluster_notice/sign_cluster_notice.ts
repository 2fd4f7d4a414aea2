import { importJWK, SignJWT } from "jose";
import type { PrivateServiceKey } from "../service_token/service_key.ts";
import { ClusterNotice } from "./cluster_notice.ts";
import { NOTICE_TYP, noticeAudience } from "./notice_token.ts";

/** How long a notice is good for, in seconds. */
const LIFETIME = 60;

/**
 * Signs a notice with the cell's own key: an ES256 JWT (RFC 7519), good for 60 seconds.
 * `clusterNoticeSigner` does it once for many answers.
 * @param now epoch ms
 */
export async function signClusterNotice(
  notice: ClusterNotice,
  key: PrivateServiceKey,
  now: () => number = Date.now,
): Promise<string> {
  const claims = ClusterNotice.parse(notice);
  const at = Math.floor(now() / 1000);
  return await new SignJWT({ notice: claims })
    .setProtectedHeader({ alg: "ES256", kid: key.jwk.kid, typ: NOTICE_TYP })
    .setIssuer(key.service).setAudience(noticeAudience(claims.clusterId)).setIssuedAt(at)
    .setExpirationTime(at + LIFETIME)
    .sign(await importJWK(key.jwk, "ES256"));
}
