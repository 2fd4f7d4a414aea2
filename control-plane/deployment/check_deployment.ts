import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Deployment } from "../../protocol/topology/deployment.ts";

/**
 * Checks what a deployment's schema cannot say: that nothing is named twice, and that each key is
 * of a service that is deployed.
 * @throws AntiphonError `configuration_invalid` naming everything that is wrong
 */
export function checkDeployment({ clusters, pops, edges, keys }: Deployment): void {
  const services = new Set([
    "control-plane",
    ...clusters.map(({ id }) => `cell:${id}`),
    ...pops.map(({ id }) => `pop:${id}`),
    ...edges.map(({ id }) => `edge:${id}`),
  ]);
  const wrong = [
    ...twice("cluster", clusters.map(({ id }) => id)),
    ...twice("PoP", pops.map(({ id }) => id)),
    ...twice("edge", edges.map(({ id }) => id)),
    ...twice("key", keys.map(({ jwk }) => jwk.kid)),
    // A site's keeper is known by its key alone.
    ...keys.filter(({ service }) => !services.has(service) && !service.startsWith("keeper:"))
      .map(({ service, jwk }) => `key ${jwk.kid} is of ${service}, which is not deployed`),
  ];
  if (wrong.length === 0) return;
  throw new AntiphonError("configuration_invalid", `Correct DEPLOYMENT_FILE: ${wrong.join("; ")}`);
}

function twice(kind: string, ids: string[]): string[] {
  const repeated = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...repeated].map((id) => `${kind} ${id} is there twice`);
}
