import type { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";
import type { Bindings } from "../bindings.ts";
import { readConfiguration } from "./read_configuration.ts";

/** What is not found is looked for anew at most this often, in milliseconds. */
const EVERY_MS = 500;
let lookedAt = -Infinity;

/**
 * Finds something in the configuration; what is missing is looked for once more in a fresh copy,
 * since it may have been made a moment ago.
 */
export async function findFresh<T>(
  env: Pick<Bindings, "CONFIGURATION">,
  find: (configuration: EdgeConfiguration) => T | undefined,
): Promise<{ configuration: EdgeConfiguration; found: T | undefined }> {
  const configuration = await readConfiguration(env);
  const found = find(configuration);
  if (found !== undefined || Date.now() - lookedAt < EVERY_MS) return { configuration, found };
  lookedAt = Date.now();
  const fresh = await readConfiguration(env, true).catch(() => configuration);
  return { configuration: fresh, found: find(fresh) };
}
