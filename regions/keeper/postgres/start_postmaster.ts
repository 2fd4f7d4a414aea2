import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { freeDataFolder } from "./free_data_folder.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { pause } from "./pause.ts";
import { programEnvironment } from "./program_environment.ts";
import { runningPostmaster } from "./running_postmaster.ts";
import { serverSettings } from "./server_settings.ts";
import { tailOf } from "./tail_of.ts";
import { trimLog } from "./trim_log.ts";

/** Backends of a postmaster that is gone notice that within moments. */
const FREE_MS = 10_000;

/** Opens the log as the server's user, appending, then becomes the postmaster. */
const SHELL = 'log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null';

/**
 * Starts a server as a session of its own, logging to `<dataFolder>.log`: it outlives us. Done when
 * it takes connections, be it as a standby; crash recovery counts into the deadline.
 *
 * @param ms deadline in milliseconds
 * @param signal ends the server that is starting
 * @throws AntiphonError `unavailable` with the log's last lines when it ends, `deadline_exceeded`
 */
export async function startPostmaster(
  server: KeptInstallation,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  const { dataFolder, binaries, user } = server;
  const log = `${dataFolder}.log`;
  const end = performance.now() + ms;
  const settings = Object.entries(serverSettings(server));
  await freeDataFolder(dataFolder, Math.min(ms, FREE_MS));
  await trimLog(log, user);
  const arguments_ = ["-D", dataFolder, ...settings.flatMap(([k, v]) => ["-c", `${k}=${v}`])];
  const child = new Deno.Command("/bin/sh", {
    args: ["-c", SHELL, "sh", log, binaries.postgres, ...arguments_],
    ...programEnvironment(server),
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
  let ended = false;
  child.status.then(() => ended = true, () => ended = true);
  while ((await runningPostmaster(dataFolder))?.status !== "ready") {
    if (ended) {
      const lines = await tailOf(log);
      const reason = lines.findLast((line) => /FATAL|ERROR|error/.test(line)) ?? lines.at(-1);
      throw new AntiphonError("unavailable", `PostgreSQL of ${server.name} ended: ${reason}`, {
        data: { lastLines: lines },
      });
    }
    if (signal.aborted || performance.now() > end) {
      child.kill("SIGQUIT");
      signal.throwIfAborted();
      throw new AntiphonError(
        "deadline_exceeded",
        `PostgreSQL of ${server.name} was not ready within ${ms} ms`,
      );
    }
    await pause(5);
  }
}
