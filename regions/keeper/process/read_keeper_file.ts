import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { KeeperFile } from "../../../protocol/keeper/keeper_file.ts";

/**
 * Reads what a keeper is told.
 * @throws AntiphonError `configuration_invalid` naming every field that is wrong; never its value
 */
export async function readKeeperFile(path: string | undefined): Promise<KeeperFile> {
  if (!path) {
    throw new AntiphonError("configuration_invalid", "Set KEEPER_FILE to the keeper's JSON file");
  }
  let read: unknown;
  try {
    read = JSON.parse(await Deno.readTextFile(path));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "is no JSON" : "cannot be read";
    throw new AntiphonError("configuration_invalid", `${path} ${reason}`, {
      ...(cause instanceof SyntaxError ? {} : { cause }),
    });
  }
  const parsed = KeeperFile.safeParse(read);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new AntiphonError("configuration_invalid", `Mend ${path}: ${wrong.join("; ")}`);
}
