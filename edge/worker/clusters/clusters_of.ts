import { configurationOf } from "../configuration/configuration_of.ts";
import type { EdgeBindings } from "../edge_bindings.ts";
import { ClusterClient } from "./cluster_client.ts";
import { serviceSigner } from "./service_signer.ts";

let known: { key: string; client: ClusterClient } | null = null;

/** This isolate's client for clusters; it remembers which address of a cluster answered last. */
export function clustersOf(env: EdgeBindings): ClusterClient {
  if (known?.key === env.SERVICE_KEY) return known.client;
  const client = new ClusterClient({
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    timer: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    keys: async () => (await configurationOf(env).current()).configuration.keys,
    token: async (audience) => (await serviceSigner(env.SERVICE_KEY))(audience),
  });
  known = { key: env.SERVICE_KEY, client };
  return client;
}
