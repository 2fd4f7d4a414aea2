import type { ServerObservation } from "../decisions/server_observation.ts";

/** With fewer free bytes a server is about to fail: one more segment of its log does not fit. */
export const LEAST_FREE_BYTES = 32 * 1024 * 1024;

/**
 * Whether a server's writes come through. A row that is written in place comes through on a full disk
 * too, where new rows fail: a primary whose disk is as good as full counts as failing.
 *
 * @param beat How the last heartbeat ended.
 */
export function writesOf(
  { recovery, disk }: Pick<ServerObservation, "recovery" | "disk">,
  beat: ServerObservation["writes"],
): ServerObservation["writes"] {
  return recovery === false && disk < LEAST_FREE_BYTES ? "failing" : beat;
}
