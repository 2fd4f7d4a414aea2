import { join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { barrierFor } from "./barrier_for.ts";
import type { PostgresBinaries } from "./postgres_binaries.ts";
import type { SystemUser } from "./unprivileged_user.ts";

/** The oldest PostgreSQL that a keeper can keep; a cell asks for 18. */
const OLDEST = 15;

/**
 * The programs of an installed PostgreSQL.
 * @param folder its `bin` folder
 * @throws AntiphonError `configuration_invalid` when it is not one, or too old
 */
export async function installedBinaries(
  folder: string,
  user: SystemUser | undefined,
): Promise<PostgresBinaries> {
  const barrier = user && await barrierFor(user, folder).catch(() => undefined);
  if (barrier) throw invalid(`${folder}: its user ${user.name} may not pass ${barrier}`);
  const [postgres, initdb, baseBackup] = ["postgres", "initdb", "pg_basebackup"]
    .map((name) => join(folder, name));
  let words = "";
  try {
    const { stdout } = await new Deno.Command(postgres, { args: ["--version"] }).output();
    words = new TextDecoder().decode(stdout);
    await Deno.stat(initdb);
  } catch (cause) {
    throw invalid(`${folder} is not the bin folder of a PostgreSQL`, cause);
  }
  const version = Number(/\(PostgreSQL\) ([0-9]+)/.exec(words)?.[1] ?? 0);
  if (version < OLDEST) throw invalid(`${folder} is older than PostgreSQL ${OLDEST}`);
  const hasBackup = await Deno.stat(baseBackup).then(() => true, () => false);
  return { postgres, initdb, baseBackup: hasBackup ? baseBackup : null, libraries: null, version };
}

function invalid(message: string, cause?: unknown): AntiphonError {
  return new AntiphonError("configuration_invalid", `postgres.binFolder: ${message}`, { cause });
}
