import type { EdgeBindings } from "../edge_bindings.ts";
import { objectNamed } from "../storage/object_namespace.ts";
import { ConfigurationCache } from "./configuration_cache.ts";
import { CONFIGURATION_NAME } from "./configuration_calls.ts";
import type { ConfigurationIndex } from "./configuration_index.ts";

const cache = new ConfigurationCache();

/** How a request or an object reaches the edge's configuration. */
export interface ConfigurationAccess {
  /** @throws AntiphonError `unavailable` before the first snapshot has come */
  current(): Promise<ConfigurationIndex>;
  /** Looks in the configuration, and once more in a refreshed one. */
  find<T>(find: (index: ConfigurationIndex) => T | undefined): Promise<T | undefined>;
}

/** The configuration, through this isolate's cache. */
export function configurationOf(env: EdgeBindings): ConfigurationAccess {
  const object = () => objectNamed(env.CONFIGURATION, CONFIGURATION_NAME);
  return {
    current: () => cache.current(object()),
    find: (find) => cache.find(object(), find),
  };
}
