import type { ServiceKey } from "./service_key.ts";
import { verifyJwt } from "./verify_jwt.ts";

/** Who is asked and which callers it takes. */
export interface ServiceTokenExpectation {
  keys: readonly ServiceKey[];
  /** The verifying service's own name. */
  audience: string;
  /** Kinds of service that may call: "cell", "pop", "edge", "control-plane". */
  kinds: readonly string[];
  now?: () => number;
}

/**
 * Verifies a token made by `serviceTokenSigner` and returns the calling service's name.
 * @throws AntiphonError `token_expired` or `unauthenticated`
 */
export async function verifyServiceToken(
  token: string,
  expected: ServiceTokenExpectation,
): Promise<string> {
  const payload = await verifyJwt(token, {
    keys: expected.keys,
    audience: expected.audience,
    typ: "service+jwt",
    issuer: (service) => expected.kinds.includes(service.split(":")[0]),
    now: expected.now ?? Date.now,
  });
  return payload.iss as string;
}
