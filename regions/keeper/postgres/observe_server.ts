import { dirname, join } from "node:path";
import type { ServerObservation } from "../decisions/server_observation.ts";
import type { AdminConnection } from "./admin_connection.ts";
import { freeBytes } from "./free_bytes.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { readServer } from "./read_server.ts";
import { runningPostmaster } from "./running_postmaster.ts";
import { within } from "./within.ts";
import { NOTHING_SEEN } from "../decisions/nothing_seen.ts";

/** A look takes no longer than this, in milliseconds. */
const LOOK_MS = 500;

const { writes: _, ...UNSEEN } = NOTHING_SEEN;
const NOTHING: Omit<ServerObservation, "writes"> = { ...UNSEEN, disk: 0 };

/** Looks at a server. Never throws; what could not be seen is told in `error`. */
export async function observeServer(
  server: KeptInstallation,
  eye: AdminConnection,
  peer: string | null,
): Promise<Omit<ServerObservation, "writes">> {
  const end = performance.now() + LOOK_MS;
  let seen = NOTHING;
  try {
    const [running, hasData, disk] = await within(
      LOOK_MS,
      "Looking at the disk",
      Promise.all([
        runningPostmaster(server.dataFolder),
        Deno.stat(join(server.dataFolder, "PG_VERSION")).then(() => true, () => false),
        freeBytes(dirname(server.dataFolder)),
      ]),
    );
    seen = { ...NOTHING, running: running !== undefined, hasData, disk };
    if (!running) {
      eye.close();
      return seen;
    }
    // Until then it refuses; asking is of no use.
    if (running.status !== "ready") return seen;
    const reading = await eye.use(
      Math.max(end - performance.now(), 50),
      (sql) => readServer(sql, peer ?? ""),
    );
    return { ...seen, ...reading, accepting: true };
  } catch (error) {
    return { ...seen, error: error instanceof Error ? error.message : String(error) };
  }
}
