import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";

/**
 * Reads the edge's key file and checks that it is this edge's.
 * @throws AntiphonError `configuration_invalid`
 */
export async function readServiceKey(path: string, service: string): Promise<PrivateServiceKey> {
  const key = await Deno.readTextFile(path)
    .then((text) => PrivateServiceKey.parse(JSON.parse(text)))
    .catch((cause) => {
      throw new AntiphonError("configuration_invalid", `SERVICE_KEY_FILE ${path} holds no key`, {
        cause,
      });
    });
  if (key.service === service) return key;
  throw new AntiphonError(
    "configuration_invalid",
    `SERVICE_KEY_FILE ${path} is the key of ${key.service}, not of ${service}`,
  );
}
