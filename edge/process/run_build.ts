import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { localPath } from "./local_path.ts";

const TIMEOUT_MS = 120_000;

/**
 * Runs Deno with these arguments in the repository's root, as a step of a build.
 * @throws AntiphonError `configuration_invalid` with the end of its output as `data.lastLines`
 */
export async function runBuild(what: string, args: string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: localPath("../../"),
    stdin: "null",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).output();
  if (success) return;
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  throw new AntiphonError("configuration_invalid", `${what} could not be built`, {
    data: { lastLines: output.trim().split("\n").slice(-20) },
  });
}
