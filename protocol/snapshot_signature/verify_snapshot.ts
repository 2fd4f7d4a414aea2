import { compactVerify, createLocalJWKSet } from "jose";
import { AntiphonError } from "../errors/antiphon_error.ts";
import { hashSnapshot } from "./hash_snapshot.ts";
import type { PinnedKeys } from "./pinned_keys.ts";
import { SNAPSHOT_TYP, SnapshotClaims } from "./snapshot_claims.ts";

/** Longest signature that is looked at, in characters. */
const MOST = 2_048;

/** What is known of a snapshot once its signature holds. */
export interface VerifiedSnapshot {
  version: string;
  sequence: number;
  /** The pinned key that signed it. */
  kid: string;
}

/**
 * Verifies that a snapshot is whole, is the control plane's by a pinned key, and is for this
 * service. Whether it is the latest is for the caller to say, by its sequence.
 * @throws AntiphonError `signature_mismatch`
 */
export async function verifySnapshot(
  signature: string | null,
  body: Uint8Array<ArrayBuffer>,
  expected: { keys: PinnedKeys; service: string },
): Promise<VerifiedSnapshot> {
  if (signature === null) throw refused("it has no signature");
  if (signature.length > MOST) throw refused("its signature is too long");
  let claims: SnapshotClaims;
  let kid: string;
  try {
    const keys = createLocalJWKSet({ keys: expected.keys.map(({ jwk }) => ({ ...jwk })) });
    const verified = await compactVerify(signature, keys, { algorithms: ["ES256"] });
    if (verified.protectedHeader.typ !== SNAPSHOT_TYP) {
      throw refused("it is signed as another thing");
    }
    claims = SnapshotClaims.parse(JSON.parse(new TextDecoder().decode(verified.payload)));
    kid = verified.protectedHeader.kid ?? "";
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    throw refused("no pinned key signed it", cause);
  }
  if (claims.aud !== expected.service) throw refused(`it is for ${claims.aud}`);
  if (claims.sha256 !== await hashSnapshot(body)) throw refused("its body was changed or cut");
  return { version: claims.version, sequence: claims.sequence, kid };
}

function refused(why: string, cause?: unknown): AntiphonError {
  return new AntiphonError("signature_mismatch", `The snapshot is refused: ${why}`, { cause });
}
