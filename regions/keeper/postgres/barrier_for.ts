import { dirname } from "node:path";
import type { SystemUser } from "./unprivileged_user.ts";

/**
 * The folder on the way to an absolute path that a user may not pass through, by its owner, group
 * and mode; undefined when the way is free. Access lists are not looked at.
 */
export async function barrierFor(
  user: SystemUser,
  path: string,
): Promise<string | undefined> {
  const way: string[] = [];
  for (let at = await Deno.realPath(path); at !== dirname(at); at = dirname(at)) way.unshift(at);
  for (const folder of way) {
    const { uid, gid, mode } = await Deno.stat(folder);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode ?? 0o777) >> shift & 1) === 0) return folder;
  }
  return undefined;
}
