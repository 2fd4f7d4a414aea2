import { PrivateServiceKey } from "../../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";

let signer: { key: string; sign: (audience: string) => Promise<string> } | undefined;

/** Gives a bearer token with which this edge calls another service. Tokens are reused. */
export function serviceToken(env: { SERVICE_KEY: string }, audience: string): Promise<string> {
  if (signer?.key !== env.SERVICE_KEY) {
    const key = PrivateServiceKey.parse(JSON.parse(env.SERVICE_KEY));
    signer = { key: env.SERVICE_KEY, sign: serviceTokenSigner(key) };
  }
  return signer.sign(audience);
}
