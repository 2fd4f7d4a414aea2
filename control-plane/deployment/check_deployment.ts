import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Deployment } from "../../protocol/topology/deployment.ts";

/** A keeper keeps servers of several clusters, and a witness may keep none. */
const KEEPER = /^keeper:[a-z][a-z0-9-]*$/;

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
    ...clusters.flatMap(({ id, keepers = [] }) =>
      twice(`keeper of cluster ${id} at`, keepers.map(({ site }) => site))
    ),
    ...keys.filter(({ service }) => !services.has(service) && !KEEPER.test(service))
      .map(({ service, jwk }) => `key ${jwk.kid} is of ${service}, which is not deployed`),
  ];
  if (wrong.length === 0) return;
  throw new AntiphonError("configuration_invalid", `Correct DEPLOYMENT_FILE: ${wrong.join("; ")}`);
}

function twice(kind: string, ids: string[]): string[] {
  const repeated = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...repeated].map((id) => `${kind} ${id} is there twice`);
}
