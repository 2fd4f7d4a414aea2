import type { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";
import type { Bindings } from "../bindings.ts";
import { raiseProblem } from "../cells/raise_problem.ts";

/** An isolate keeps what it read for this long, in milliseconds. */
const KEEP_MS = 1_000;
let kept: { configuration: EdgeConfiguration; at: number } | undefined;

/**
 * The edge's configuration, at most a second old.
 *
 * @param fresh Asks the control plane first: for what ought to be there and is not.
 * @throws AntiphonError `unavailable` while there is none at all
 */
export async function readConfiguration(
  env: Pick<Bindings, "CONFIGURATION">,
  fresh = false,
): Promise<EdgeConfiguration> {
  if (kept && !fresh && Date.now() - kept.at < KEEP_MS) return kept.configuration;
  const object = env.CONFIGURATION.get(env.CONFIGURATION.idFromName("edge"));
  const response = await object.fetch(`http://configuration/${fresh ? "?refresh" : ""}`);
  const body = raiseProblem({ status: response.status, body: await response.json() });
  const configuration = body as EdgeConfiguration;
  kept = { configuration, at: Date.now() };
  return configuration;
}
