import { dirname } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { SeedProgress } from "../decisions/kept_server.ts";
import { AdminConnection } from "./admin_connection.ts";
import { freeBytes } from "./free_bytes.ts";
import { giveFolder } from "./give_folder.ts";
import { installedBaseBackup } from "./installed_base_backup.ts";
import { keepSlots } from "./keep_slots.ts";
import type { KeptInstallation } from "./kept_installation.ts";
import { removePath } from "./remove_path.ts";
import { runProgram } from "./run_program.ts";
import type { StandbySource } from "./server_part.ts";
import { sqlBaseBackup } from "./sql_base_backup.ts";
import { syncArguments } from "./sync_arguments.ts";
import { syncFolder } from "./sync_folder.ts";

/** How long the copy may take to reach the disk. */
const SYNC_MS = 600_000;
/** What a copy needs besides its size, in bytes. */
const SPARE = 256 << 20;

/**
 * Makes a stopped server's data folder a copy of its primary's. The old one goes when the new one
 * is whole and on the disk; where both do not fit, it goes first.
 *
 * @throws AntiphonError `unavailable` when the primary cannot be copied; its data says whether the
 *   old one is `untouched`
 */
export async function seedFolder(
  server: KeptInstallation,
  source: StandbySource,
  progress: (progress: SeedProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const fresh = `${server.dataFolder}.seed`;
  let untouched = true;
  try {
    await copyTo(fresh, server, source, progress, signal, () => untouched = false);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new AntiphonError("unavailable", `Nothing was copied: ${message}`, {
      cause,
      data: { untouched },
    });
  }
  await discard(server.dataFolder);
  await Deno.rename(fresh, server.dataFolder);
  await syncFolder(dirname(server.dataFolder));
}

async function copyTo(
  fresh: string,
  server: KeptInstallation,
  source: StandbySource,
  progress: (progress: SeedProgress) => void,
  signal: AbortSignal,
  onDiscard: () => void,
): Promise<void> {
  const { dataFolder, user, superuser, binaries } = server;
  await removePath(fresh);
  const from = { host: source.host, port: source.port, superuser };
  const primary = new AdminConnection(from, { name: "antiphon-seed" });
  try {
    const size = await primary.use(30_000, async (sql) => {
      const [{ recovery }] = await sql`select pg_is_in_recovery() as recovery`;
      if (recovery) throw new AntiphonError("state_not_allowed", "It is no primary");
      await keepSlots(sql, source.standby);
      const [{ size }] =
        await sql`select sum(pg_database_size(oid))::text as size from pg_database`;
      return Number(size);
    });
    if (await freeBytes(dirname(dataFolder)) < size + SPARE) {
      onDiscard();
      await discard(dataFolder);
    }
  } finally {
    primary.close();
  }
  await Deno.mkdir(fresh, { mode: 0o700 });
  if (binaries.baseBackup === null) {
    await sqlBaseBackup({ from, to: fresh, progress, signal });
    if (user) await giveFolder(fresh, user);
  } else {
    if (user) await Deno.chown(fresh, user.uid, user.gid);
    await installedBaseBackup(server, {
      program: binaries.baseBackup,
      source,
      to: fresh,
      progress,
      signal,
    });
  }
  await runProgram(server, {
    program: binaries.initdb,
    args: ["--sync-only", `--pgdata=${fresh}`, ...syncArguments(binaries)],
    signal: AbortSignal.any([signal, AbortSignal.timeout(SYNC_MS)]),
  });
  signal.throwIfAborted();
}

/** Removes a data folder as a whole first: what is still there by its name is untouched. */
async function discard(dataFolder: string): Promise<void> {
  const old = `${dataFolder}.old`;
  await removePath(old);
  try {
    await Deno.rename(dataFolder, old);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  await syncFolder(dirname(dataFolder));
  await removePath(old);
}
