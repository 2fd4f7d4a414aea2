import { PrivateServiceKey } from "../../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../../protocol/service_token/service_token_signer.ts";

let known: { key: string; sign: (audience: string) => Promise<string> } | null = null;

/**
 * The signer of this isolate. It is kept only once its key is imported, so that no request waits
 * for another request's promise.
 * @param key the edge's `PrivateServiceKey` as JSON
 */
export async function serviceSigner(key: string): Promise<(audience: string) => Promise<string>> {
  if (known?.key === key) return known.sign;
  const sign = serviceTokenSigner(PrivateServiceKey.parse(JSON.parse(key)));
  await sign("edge");
  known = { key, sign };
  return sign;
}
