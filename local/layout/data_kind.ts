import { join } from "node:path";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { writeAtomically } from "./write_atomically.ts";

/** What lies where in a data folder follows from this. */
const DataKind = z.object({ standby: z.boolean() });

/**
 * Notes at the first start whether a data folder holds standbys, and keeps later starts to that.
 * @throws AntiphonError `conflict` when it was made otherwise, or before there were sites
 */
export async function keepDataKind(dataFolder: string, standby: boolean): Promise<void> {
  const path = join(dataFolder, "layout.json");
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await refuseEarlier(dataFolder);
    return await writeAtomically(path, JSON.stringify({ standby }));
  }
  const kept = DataKind.safeParse(parse(text));
  if (!kept.success) throw conflict(dataFolder, `${path} is damaged: restore it`);
  if (kept.data.standby === standby) return;
  const [made, start] = kept.data.standby ? ["with", "without"] : ["without", "with"];
  throw conflict(
    dataFolder,
    `It was made ${made} standbys: start it ${start} --no-standby, as before`,
  );
}

/** Servers lay in other places before there were sites. */
async function refuseEarlier(dataFolder: string): Promise<void> {
  try {
    await Deno.stat(join(dataFolder, "postgres", "control-plane", "PG_VERSION"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw conflict(
    dataFolder,
    "An earlier version made it, when clusters had no standbys: remove it",
  );
}

function conflict(dataFolder: string, reason: string): AntiphonError {
  return new AntiphonError(
    "conflict",
    `The data in ${dataFolder} cannot be used. ${reason}, or give another folder with --data`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
