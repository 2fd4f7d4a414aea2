import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { newestChange } from "./newest_change.ts";

/** A bundle that a room makes for itself. Paths are from the repository's root. */
export interface Bundle {
  name: string;
  /** The room's program that makes it. */
  script: string;
  sources: readonly string[];
  /** Folder of the result. */
  dist: string;
}

/** The bundles that the edge serves. */
export const BUNDLES: readonly Bundle[] = [
  {
    name: "edge",
    script: "edge/build.ts",
    sources: ["edge/build.ts", "edge/worker", "edge/desktop", "protocol", "deno.lock"],
    dist: "edge/worker/dist",
  },
];

/** A build that takes longer has gone wrong. */
const TIMEOUT_MS = 120_000;

/**
 * Makes a bundle that is missing or older than what it is made from.
 * @returns whether it was made now
 * @throws AntiphonError `unavailable` with the end of the build's output
 */
export async function buildWeb(root: string, bundle: Bundle): Promise<boolean> {
  const skip = new Set(["dist", "node_modules"]);
  const built = await newestChange(join(root, bundle.dist), new Set());
  const changes = bundle.sources.map((source) => newestChange(join(root, source), skip));
  if (built > Math.max(...await Promise.all(changes))) return false;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", bundle.script],
    cwd: root,
    stdin: "null",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).output();
  if (success) return true;
  const lines = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n").trim()
    .split("\n");
  throw new AntiphonError("unavailable", `The ${bundle.name} could not be built`, {
    data: { lastLines: lines.slice(-20) },
  });
}
