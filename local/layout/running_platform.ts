import { resolve } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";
import { type LocalState, readLocalState } from "./local_state.ts";

/**
 * Finds the platform that runs on a data folder.
 * @throws AntiphonError `unavailable` when nothing runs there
 */
export async function runningPlatform(dataFolder: string): Promise<LocalState> {
  const state = await readLocalState(dataFolder);
  if (state && await processIdentity(state.pid)) return state;
  throw new AntiphonError(
    "unavailable",
    `No platform runs on ${resolve(dataFolder)}: start it with \`deno task start\`, or name its ` +
      "folder with --data",
  );
}
