import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { barrierFor } from "./barrier_for.ts";
import { findPackage } from "./find_package.ts";
import { linkLibraries } from "./link_libraries.ts";
import type { PostgresBinaries } from "./postgres_binaries.ts";
import type { SystemUser } from "./unprivileged_user.ts";

const Version = z.object({ version: z.string().regex(/^[0-9A-Za-z.-]+$/) });

/** Where the servers of one start live. */
export interface PostgresHome {
  /** Holds one data folder a server. */
  folder: string;
  binaries: PostgresBinaries;
  /** Why it is not in the data folder, in words; undefined when it is. */
  moved: string | undefined;
}

/** What {@linkcode postgresHome} depends on. */
export interface PostgresHomeOptions {
  /** Absolute path of the platform's data. */
  dataFolder: string;
  user: SystemUser | undefined;
  /** Tells this installation from an earlier one in the same folder, whose passwords are gone. */
  installation: string;
  fallbackRoot?: string;
}

/**
 * Chooses where the servers' programs and data lie: in node_modules and in the data folder. When we
 * are root and `user` may not pass to one of them (a checkout below /root), it lies in `fallback`.
 *
 * @throws AntiphonError `unavailable` when there is no PostgreSQL for this machine
 */
export async function postgresHome(options: PostgresHomeOptions): Promise<PostgresHome> {
  const { dataFolder, user } = options;
  const hash = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const fallback = join(options.fallbackRoot ?? "/var/tmp", `antiphon-${hash}`);
  let folder = join(dataFolder, "postgres");
  let moved: string | undefined;
  const barrier = user && await barrierFor(user, dataFolder);
  if (barrier) {
    await makeOurs(fallback, options.installation);
    folder = fallback;
    moved = `PostgreSQL's data lies in ${fallback}: its user ${user.name} may not pass ${barrier}`;
  }
  await Deno.mkdir(folder, { recursive: true });
  if (user) await Deno.chmod(folder, 0o711);
  let native = await findPackage();
  if (user && await barrierFor(user, join(native, "bin"))) {
    await makeOurs(fallback, options.installation);
    native = await copyNative(native, join(fallback, `native-${await versionOf(native)}`));
  }
  const libraries = await linkLibraries(native, join(folder, "libraries"));
  const bin = join(native, "bin");
  return {
    folder,
    binaries: { postgres: join(bin, "postgres"), initdb: join(bin, "initdb"), libraries },
    moved,
  };
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

async function copyFolder(from: string, to: string): Promise<void> {
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) {
      await Deno.mkdir(target);
      await copyFolder(source, target);
    } else if (entry.isSymlink) {
      await Deno.symlink(await Deno.readLink(source), target);
    } else {
      await Deno.copyFile(source, target);
    }
  }
}
