import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { barrierFor } from "./barrier_for.ts";
import { copyFolder } from "./copy_folder.ts";
import { findPackage } from "./find_package.ts";
import { installedBinaries } from "./installed_binaries.ts";
import { linkLibraries } from "./link_libraries.ts";
import type { PostgresBinaries } from "./postgres_binaries.ts";
import type { SystemUser } from "./unprivileged_user.ts";

const Version = z.object({ version: z.string().regex(/^[0-9A-Za-z.-]+$/) });

/** Where the servers of one keeper live. */
export interface PostgresHome {
  /** Holds one data folder a server. */
  folder: string;
  binaries: PostgresBinaries;
  /** Why it is not where it was asked for, in words; undefined when it is. */
  moved: string | undefined;
}

/** What {@linkcode postgresHome} depends on. */
export interface PostgresHomeOptions {
  /** Absolute path of the folder that holds the servers' data folders. */
  dataFolder: string;
  user: SystemUser | undefined;
  /** Tells this installation from an earlier one in the same folder, whose passwords are gone. */
  installation: string;
  /** `bin` folder of an installed PostgreSQL; null for the one of node_modules. */
  binFolder: string | null;
  fallbackRoot?: string;
}

/**
 * Chooses where the servers' programs and data lie. When we are root and `user` may not pass to the
 * data or to node_modules (a checkout below /root), they lie in `fallbackRoot`.
 *
 * @throws AntiphonError `unavailable` when there is no PostgreSQL for this machine
 */
export async function postgresHome(options: PostgresHomeOptions): Promise<PostgresHome> {
  const { user } = options;
  await Deno.mkdir(options.dataFolder, { recursive: true });
  const asked = await Deno.realPath(options.dataFolder);
  const hash = createHash("sha256").update(asked).digest("hex").slice(0, 12);
  const fallback = join(options.fallbackRoot ?? "/var/tmp", `antiphon-${hash}`);
  let folder = asked;
  let moved: string | undefined;
  if (user) await Deno.chmod(asked, 0o711);
  const barrier = user && await barrierFor(user, asked);
  if (barrier) {
    await makeOurs(fallback, options.installation);
    folder = fallback;
    moved = `PostgreSQL's data lies in ${fallback}: its user ${user.name} may not pass ${barrier}`;
  }
  if (options.binFolder !== null) {
    return { folder, binaries: await installedBinaries(options.binFolder, user), moved };
  }
  let native = await findPackage();
  const version = parseInt(await versionOf(native));
  if (user && await barrierFor(user, join(native, "bin"))) {
    await makeOurs(fallback, options.installation);
    native = await copyNative(native, join(fallback, `native-${await versionOf(native)}`));
  }
  const libraries = await linkLibraries(native, join(folder, "libraries"));
  const bin = join(native, "bin");
  const [postgres, initdb] = [join(bin, "postgres"), join(bin, "initdb")];
  return { folder, binaries: { postgres, initdb, baseBackup: null, libraries, version }, moved };
}

/**
 * Makes the folder. Its name can be guessed: one that somebody else has put there is not used.
 * What an earlier installation left in it is of no use without that one's passwords, and goes.
 */
async function makeOurs(folder: string, installation: string): Promise<void> {
  const note = join(folder, "installation");
  try {
    await Deno.mkdir(folder, { mode: 0o711 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const { uid, isDirectory } = await Deno.lstat(folder);
    if (!isDirectory || uid !== Deno.uid()) {
      throw new AntiphonError("conflict", `${folder} belongs to somebody else: remove it`);
    }
    const known = await Deno.readTextFile(note).catch(() => undefined);
    if (known === installation) return;
    await Deno.remove(folder, { recursive: true });
    await Deno.mkdir(folder, { mode: 0o711 });
  }
  await Deno.writeTextFile(note, installation);
}

async function versionOf(native: string): Promise<string> {
  const text = await Deno.readTextFile(join(native, "..", "package.json"));
  return Version.parse(JSON.parse(text)).version;
}

/** Copies once; a copy that was interrupted is made anew. */
async function copyNative(from: string, to: string): Promise<string> {
  try {
    await Deno.stat(to);
    return to;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const part = await Deno.makeTempDir({ dir: join(to, ".."), prefix: "copy-" });
  await Deno.chmod(part, 0o755);
  await copyFolder(from, part);
  await Deno.rename(part, to);
  return to;
}
