import { hostRules } from "./host_rules.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { placeFile } from "./place_file.ts";
import { runningPostmaster } from "./running_postmaster.ts";

/** Has a server that an earlier keeper has left go by what this one was told of who may connect. */
export async function refreshRules(server: KeptInstallation): Promise<void> {
  const running = await runningPostmaster(server.dataFolder);
  if (!running) return;
  await placeFile(server.dataFolder, `${server.dataFolder}.hba`, hostRules(server), server.user);
  try {
    Deno.kill(running.pid, "SIGHUP");
  } catch (error) {
    // It has ended meanwhile; its next start goes by the file.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
