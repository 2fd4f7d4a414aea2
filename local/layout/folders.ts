import { join, resolve } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Where the platform on one machine keeps its files. Absolute paths. */
export interface Folders {
  data: string;
  logs: string;
  run: string;
  secrets: string;
  /** State of PoPs and edge, one folder each. */
  state: string;
}

/**
 * Makes the folders. Secrets are for our eyes only; the data folder itself lets others pass, since
 * PostgreSQL runs as another user when we are root.
 * @throws AntiphonError `unavailable` when the data folder cannot be written to
 */
export async function makeFolders(data: string): Promise<Folders> {
  const root = await makeRoot(resolve(data));
  const folders: Folders = {
    data: root,
    logs: join(root, "logs"),
    run: join(root, "run"),
    secrets: join(root, "secrets"),
    state: join(root, "state"),
  };
  try {
    for (const folder of Object.values(folders)) {
      await Deno.mkdir(folder, { recursive: true });
      await Deno.chmod(folder, folder === root ? 0o711 : 0o700);
    }
    const probe = await Deno.makeTempFile({ dir: root });
    await Deno.remove(probe);
    return folders;
  } catch (cause) {
    throw notWritable(root, cause);
  }
}

/** Makes the root and gives its path without symbolic links, so that one folder has one name. */
async function makeRoot(path: string): Promise<string> {
  try {
    await Deno.mkdir(path, { recursive: true });
    return await Deno.realPath(path);
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

function notWritable(path: string, cause: unknown): AntiphonError {
  return new AntiphonError(
    "unavailable",
    `Cannot write to ${path}: give a folder you may write to with --data`,
    { cause },
  );
}
