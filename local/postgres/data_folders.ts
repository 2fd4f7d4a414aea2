import { createHash } from "node:crypto";
import { join } from "node:path";

/**
 * Where the data of a server may lie: in the folder that its keeper was told, or, when the keeper
 * runs as root and its unprivileged user may not pass to that, in a folder named after it.
 *
 * @param told The keeper's `postgres.dataFolder`, without symbolic links.
 */
export function dataFolders(told: string, name: string, fallbackRoot = "/var/tmp"): string[] {
  const hash = createHash("sha256").update(told).digest("hex").slice(0, 12);
  return [told, join(fallbackRoot, `antiphon-${hash}`)].map((folder) => join(folder, name));
}
