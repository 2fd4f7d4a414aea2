import type { SeedProgress } from "../decisions/kept_server.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import type { StandbySource } from "./server_part.ts";
import { runProgram } from "./run_program.ts";
import { slotName } from "./slot_name.ts";

/**
 * Copies a running server's data folder with `pg_basebackup`. WAL is left to the slot, which must
 * be there before.
 * @throws AntiphonError `unavailable` with its last words
 */
export async function installedBaseBackup(
  server: KeptInstallation,
  options: {
    program: string;
    source: StandbySource;
    /** An empty folder of the server's user. */
    to: string;
    progress: (progress: SeedProgress) => void;
    signal: AbortSignal;
  },
): Promise<void> {
  const { program, source, to, progress, signal } = options;
  progress({ copiedBytes: 0, totalBytes: null });
  await runProgram(server, {
    program,
    args: [
      `--pgdata=${to}`,
      `--host=${source.host}`,
      `--port=${source.port}`,
      `--username=${server.replication!.role}`,
      `--slot=${slotName(source.standby)}`,
      "--wal-method=stream",
      "--checkpoint=fast",
      "--no-password",
    ],
    env: { PGPASSWORD: server.replication!.password, PGCONNECT_TIMEOUT: "5" },
    signal,
  });
}
