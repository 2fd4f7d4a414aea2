import { join } from "node:path";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { PrivateServiceKey, type ServiceKey } from "../../protocol/service_token/service_key.ts";
import { writeAtomically } from "./write_atomically.ts";

/** A service's key file and the public half of what is in it. */
export interface KeyFile {
  path: string;
  publicKey: ServiceKey;
}

/** Finds the key file of each service ("cell:E39"), made at the first start with mode 0600. */
export async function readOrMakeServiceKeys(
  folder: string,
  services: readonly string[],
): Promise<Map<string, KeyFile>> {
  const files = await Promise.all(services.map(async (service) => {
    const path = join(folder, `${service.replace(":", "-")}.key.json`);
    return [service, { path, publicKey: await readOrMake(path, service) }] as const;
  }));
  return new Map(files);
}

async function readOrMake(path: string, service: string): Promise<ServiceKey> {
  try {
    const key = PrivateServiceKey.parse(JSON.parse(await Deno.readTextFile(path)));
    const { d: _secret, ...jwk } = key.jwk;
    return { service: key.service, jwk };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const kid = `${service.replace(":", "-")}-${crypto.randomUUID()}`;
  const { privateKey, publicKey } = await generateServiceKey(service, kid);
  await writeAtomically(path, JSON.stringify(privateKey));
  return publicKey;
}
