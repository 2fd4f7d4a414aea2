import type { ServerObservation } from "./server_observation.ts";

/** A look at a server that is not there. */
export const NOTHING_SEEN: Omit<ServerObservation, "disk"> = {
  running: false,
  hasData: false,
  accepting: false,
  recovery: null,
  timeline: null,
  position: null,
  replayed: null,
  receiver: null,
  standby: null,
  synchronous: null,
  writes: null,
  error: null,
};
