import type { KeeperSetup } from "./keeper_state.ts";
import type { ServerObservation } from "./server_observation.ts";

/** Whether the other site's standby streams, was heard lately, and lags less than `lagMs`. */
export function isNear(server: ServerObservation, setup: KeeperSetup, lagMs: number): boolean {
  const { standby } = server;
  return standby !== null && standby.name === setup.peer && standby.state === "streaming" &&
    standby.silentMs < setup.times.degradeAfterMs && standby.lagMs < lagMs;
}
