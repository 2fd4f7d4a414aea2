import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** The edge's program that bundles worker and web app, each only if a source is newer. */
const SCRIPT = "edge/build.ts";
/** A build that takes longer has gone wrong. */
const TIMEOUT_MS = 120_000;

/**
 * Makes the bundles that the edge serves, where they are missing or out of date.
 * @param root the repository's root
 * @throws AntiphonError `unavailable` with the end of the build's output in `data.lastLines`
 */
export async function buildWeb(root: string, script = SCRIPT): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", script],
    cwd: root,
    stdin: "null",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).output();
  if (success) return;
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  throw new AntiphonError("unavailable", `The edge's bundles could not be made by ${script}`, {
    data: { lastLines: output.trim().split("\n").slice(-20) },
  });
}
