import type postgres from "postgres";
import { z } from "zod";

const Entry = z.object({
  path: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/).refine((path) =>
    !path.split("/").some((part) => part === "" || part === "." || part === "..")
  ),
  folder: z.boolean(),
  size: z.string().transform(Number),
});

/** A file or folder of a data folder, its path relative to that. */
export type BackupEntry = z.infer<typeof Entry>;

/** Folders that a copy has empty (PostgreSQL manual section 25.3.6). */
const EMPTY = [
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
];

/** Names that a copy does without, wherever they are. */
const LEFT_OUT =
  "^(postmaster\\.(pid|opts)|pg_internal\\.init.*|pgsql_tmp.*|backup_label(\\.old)?|" +
  "backup_manifest|tablespace_map|standby\\.signal|recovery\\.signal|current_logfiles.*|" +
  "postgresql\\.auto\\.conf\\.tmp|.*\\.old)$";

/**
 * Lists what a base backup copies, in one query: folders before what is in them. `pg_control` is
 * not among it; it has to be the last.
 */
export async function baseBackupFiles(sql: postgres.Sql): Promise<BackupEntry[]> {
  const rows = await sql`
    with recursive entries as (
      select n as path, n as name, s.isdir as folder, s.size
      from pg_ls_dir('.', true, false) n, lateral pg_stat_file(n, true) s
      where n !~ ${LEFT_OUT}
      union all
      select e.path || '/' || n, n, s.isdir, s.size
      from entries e,
        lateral pg_ls_dir(e.path, true, false) n,
        lateral pg_stat_file(e.path || '/' || n, true) s
      where e.folder and e.path <> all (string_to_array(${EMPTY.join(",")}, ','))
        and n !~ ${LEFT_OUT}
    )
    select path, folder, size::text from entries
    where folder is not null and path <> 'global/pg_control' order by path`;
  return rows.map((row) => Entry.parse(row));
}
