import type { PrivateServiceKey, ServiceKey } from "../../protocol/service_token/service_key.ts";

/** The public half of a service's key. */
export function publicKeyOf(key: PrivateServiceKey): ServiceKey {
  const { d: _secret, ...jwk } = key.jwk;
  return { service: key.service, jwk };
}
