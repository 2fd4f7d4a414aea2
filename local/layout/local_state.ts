import { join } from "node:path";
import { z } from "zod";
import { DemoTenant } from "../seed/demo_tenant.ts";
import { SITES } from "./sites.ts";
import { writeAtomically } from "./write_atomically.ts";

const OfCluster = z.partialRecord(z.enum(["eu-central", "us-east"]), z.url());

/** What runs and where, as others on this machine find it in `state.json` of the data folder. */
export const LocalState = z.object({
  pid: z.number().int(),
  controlPlaneUrl: z.url(),
  edgeUrl: z.url(),
  consoleUrl: z.url().nullable(),
  /** Each cluster's cells by site, its home first. */
  cellUrls: z.object({ E39: OfCluster, C14: OfCluster }),
  /** Keepers by site; the control plane's alone without standbys. */
  keeperUrls: z.partialRecord(z.enum(SITES), z.url()),
  /** Whether clusters have standbys. */
  standby: z.boolean(),
  popUrls: z.object({ FRA: z.url(), NYC: z.url() }),
  /** "host:port" of each PoP's SIP, UDP and TCP. */
  sip: z.object({ FRA: z.string(), NYC: z.string() }),
  demo: DemoTenant.nullable(),
});
export type LocalState = z.infer<typeof LocalState>;

/** Writes the state; it holds the demo's passwords, so the mode is 0600. */
export async function writeLocalState(dataFolder: string, state: LocalState): Promise<void> {
  await writeAtomically(path(dataFolder), JSON.stringify(state, null, 2) + "\n");
}

/** Reads the state of what was started last in a data folder; undefined if nothing ever was. */
export async function readLocalState(dataFolder: string): Promise<LocalState | undefined> {
  try {
    return LocalState.parse(JSON.parse(await Deno.readTextFile(path(dataFolder))));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Takes the state away: nothing runs any more. */
export async function removeLocalState(dataFolder: string): Promise<void> {
  try {
    await Deno.remove(path(dataFolder));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function path(dataFolder: string): string {
  return join(dataFolder, "state.json");
}
