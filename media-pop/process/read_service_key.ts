import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";

/**
 * Reads the PoP's private key file.
 * @throws AntiphonError `configuration_invalid` if it cannot be read or is another service's
 */
export async function readServiceKey(path: string, service: string): Promise<PrivateServiceKey> {
  let key: PrivateServiceKey;
  try {
    key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (cause) {
    throw new AntiphonError(
      "configuration_invalid",
      `SERVICE_KEY_FILE ${path} cannot be read as a private service key`,
      { cause },
    );
  }
  if (key.service !== service) {
    throw new AntiphonError(
      "configuration_invalid",
      `SERVICE_KEY_FILE holds the key of ${key.service}; give that of ${service}`,
    );
  }
  return key;
}
