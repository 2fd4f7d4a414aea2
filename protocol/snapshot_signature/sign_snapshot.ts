import { CompactSign, importJWK } from "jose";
import type { PrivateServiceKey } from "../service_token/service_key.ts";
import { hashSnapshot } from "./hash_snapshot.ts";
import { SNAPSHOT_TYP, SnapshotClaims } from "./snapshot_claims.ts";

/** A snapshot as it goes out. */
export interface SnapshotToSign {
  /** The PoP or edge that it is for ("pop:FRA"). */
  service: string;
  version: string;
  sequence: number;
  body: string;
}

/**
 * Signs a snapshot beside its body: a compact ES256 JWS (RFC 7515) over its hash, version and
 * sequence. It does not expire: what a snapshot tells stands until there is a later one.
 */
export async function signSnapshot(
  { service, version, sequence, body }: SnapshotToSign,
  key: PrivateServiceKey,
): Promise<string> {
  const sha256 = await hashSnapshot(new Uint8Array(new TextEncoder().encode(body)));
  const claims = SnapshotClaims.parse({
    iss: key.service,
    aud: service,
    version,
    sequence,
    sha256,
  });
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "ES256", kid: key.jwk.kid, typ: SNAPSHOT_TYP })
    .sign(await importJWK(key.jwk, "ES256"));
}
