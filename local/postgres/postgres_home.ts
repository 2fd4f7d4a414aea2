import { createHash } from "node:crypto";
import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { barrierFor } from "./barrier_for.ts";
import { findPackage } from "./find_package.ts";
import { linkLibraries } from "./link_libraries.ts";
import type { PostgresBinaries } from "./postgres_binaries.ts";
import type { SystemUser } from "./unprivileged_user.ts";

/** Where the servers of one start live. */
export interface PostgresHome {
  /** Holds one data folder a server. */
  folder: string;
  binaries: PostgresBinaries;
}

/**
 * Chooses where the servers' programs and data lie: in node_modules and in the data folder. When we
 * are root and `user` may not pass to one of them (a checkout below /root), it lies in `fallback`.
 *
 * @param dataFolder absolute path of the platform's data
 * @throws AntiphonError `unavailable` when there is no PostgreSQL for this machine
 */
export async function postgresHome(
  dataFolder: string,
  user: SystemUser | undefined,
  fallbackRoot = "/var/tmp",
): Promise<PostgresHome> {
  const hash = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const fallback = join(fallbackRoot, `antiphon-${hash}`);
  let folder = join(dataFolder, "postgres");
  if (user && await barrierFor(user, dataFolder)) {
    await makeOurs(fallback);
    folder = fallback;
  }
  await Deno.mkdir(folder, { recursive: true });
  if (user) {
    await Deno.chmod(folder, 0o711);
  }
  let native = await findPackage();
  if (user && await barrierFor(user, join(native, "bin"))) {
    await makeOurs(fallback);
    native = await copyNative(native, join(fallback, "native"));
  }
  const libraries = await linkLibraries(native, join(folder, "libraries"));
  const bin = join(native, "bin");
  return {
    folder,
    binaries: { postgres: join(bin, "postgres"), initdb: join(bin, "initdb"), libraries },
  };
}

/** The name can be guessed: a folder that somebody else has put there is not used. */
async function makeOurs(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { mode: 0o711 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const { uid, isDirectory } = await Deno.lstat(folder);
    if (isDirectory && uid === Deno.uid()) return;
    throw new AntiphonError("conflict", `${folder} belongs to somebody else: remove it`);
  }
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
