import type postgres from "postgres";
import { join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { SeedProgress } from "../decisions/kept_server.ts";
import { type AdminAddress, AdminConnection } from "./admin_connection.ts";
import { backupBatches, type BackupPiece } from "./backup_batches.ts";
import { baseBackupFiles } from "./base_backup_files.ts";

/** Bytes that one question asks for. */
const BATCH = 1 << 20;
/** Questions that are under way at a time; over a long way they hide its round trips. */
const PARALLEL = 4;
/** How long one question may take. */
const ANSWER_MS = 60_000;

/** What {@linkcode sqlBaseBackup} copies. */
export interface SqlBaseBackupOptions {
  from: AdminAddress;
  /** An empty folder. */
  to: string;
  progress: (progress: SeedProgress) => void;
  signal: AbortSignal;
}

/**
 * Copies a running server's data folder over ordinary connections: the low-level backup of the
 * PostgreSQL manual, section 25.3.4. WAL is not copied: a slot of the source must hold it from
 * before this begins.
 *
 * @throws AntiphonError `database_unavailable`; `state_not_allowed` when there are tablespaces
 */
export async function sqlBaseBackup(options: SqlBaseBackupOptions): Promise<void> {
  // The backup lasts as long as the session that began it.
  const session = new AdminConnection(options.from, { name: "antiphon-seed" });
  const readers = new AdminConnection(options.from, { name: "antiphon-seed", max: PARALLEL });
  try {
    await session.use(ANSWER_MS, async (sql) => {
      const spaces = await sql`
        select 1 from pg_tablespace where spcname not in ('pg_default', 'pg_global')`;
      if (spaces.length > 0) {
        throw new AntiphonError("state_not_allowed", "Tablespaces are not copied: remove them");
      }
      await sql`select pg_backup_start('antiphon seed', true)`;
    });
    await copy(options, readers);
    const label = await session.use(ANSWER_MS, async (sql) => {
      const rows = await sql`select labelfile from pg_backup_stop(false)`;
      return String(rows[0].labelfile);
    });
    await Deno.writeTextFile(join(options.to, "backup_label"), label, { mode: 0o600 });
  } finally {
    session.close();
    readers.close();
  }
}

async function copy(options: SqlBaseBackupOptions, readers: AdminConnection): Promise<void> {
  const { to, progress, signal } = options;
  const entries = await readers.use(ANSWER_MS, baseBackupFiles);
  for (const { path, folder } of entries) {
    if (folder) await Deno.mkdir(join(to, path), { mode: 0o700 });
  }
  for (const name of ["archive_status", "summaries"]) {
    await Deno.mkdir(join(to, "pg_wal", name), { mode: 0o700 });
  }
  const files = entries.filter(({ folder }) => !folder);
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  let copiedBytes = 0;
  const batches = backupBatches(files, BATCH);
  const worker = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      signal.throwIfAborted();
      const pieces = batch;
      const copied = await readers.use(ANSWER_MS, (sql) => copyBatch(sql, pieces, to));
      copiedBytes += copied;
      progress({ copiedBytes, totalBytes });
    }
  };
  const stop = (error: unknown) => {
    batches.length = 0;
    throw error;
  };
  const ended = await Promise.allSettled(
    Array.from({ length: PARALLEL }, () => worker().catch(stop)),
  );
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  signal.throwIfAborted();
  const control = [{ path: "global/pg_control", offset: 0, length: 8192 }];
  await readers.use(ANSWER_MS, (sql) => copyBatch(sql, control, to));
}

/** @returns bytes that were copied; a file that has vanished meanwhile has none */
async function copyBatch(sql: postgres.Sql, batch: BackupPiece[], to: string): Promise<number> {
  const rows = await sql`
    select path, "offset"::text, pg_read_binary_file(path, "offset", length, true) as bytes
    from jsonb_to_recordset(${JSON.stringify(batch)}::text::jsonb)
      as pieces (path text, "offset" bigint, length bigint)`;
  let copied = 0;
  for (const { path, offset, bytes } of rows) {
    if (!(bytes instanceof Uint8Array)) continue;
    const file = await Deno.open(join(to, path), { create: true, write: true, mode: 0o600 });
    try {
      await file.seek(Number(offset), Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    } finally {
      file.close();
    }
    copied += bytes.length;
  }
  return copied;
}
