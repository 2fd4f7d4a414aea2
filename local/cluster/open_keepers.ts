import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { KeeperClient } from "./keeper_client.ts";

/**
 * Clients of keepers, by site, that speak with the operator's key of a platform's secrets folder.
 * @throws AntiphonError `unavailable` when there is no such key
 */
export async function openKeepers(
  secretsFolder: string,
  urls: Readonly<Partial<Record<string, string>>>,
): Promise<ReadonlyMap<string, KeeperClient>> {
  const path = join(secretsFolder, "operator.key.json");
  let key: PrivateServiceKey;
  try {
    key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (cause) {
    throw new AntiphonError("unavailable", `The operator's key ${path} cannot be read`, { cause });
  }
  const token = serviceTokenSigner(key);
  const clients = Object.entries(urls).flatMap(([site, url]) =>
    url === undefined ? [] : [[site, new KeeperClient({ site, url, token })] as const]
  );
  return new Map(clients);
}
