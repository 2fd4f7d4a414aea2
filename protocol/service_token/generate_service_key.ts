import { exportJWK, generateKeyPair } from "jose";
import { PrivateServiceKey, ServiceKey } from "./service_key.ts";

/** Makes an ES256 key pair for a service. `kid` must be unique among all keys of the platform. */
export async function generateServiceKey(
  service: string,
  kid: string,
): Promise<{ privateKey: PrivateServiceKey; publicKey: ServiceKey }> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...await exportJWK(pair.privateKey), kid };
  const { d: _secret, ...open } = jwk;
  return {
    privateKey: PrivateServiceKey.parse({ service, jwk }),
    publicKey: ServiceKey.parse({ service, jwk: open }),
  };
}
