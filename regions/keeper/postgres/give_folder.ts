import { join } from "node:path";
import type { SystemUser } from "./unprivileged_user.ts";

/** Gives a folder that we have made, and all that is in it, to a user. Links are left out. */
export async function giveFolder(folder: string, user: SystemUser): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) await giveFolder(path, user);
    else if (entry.isFile) await Deno.chown(path, user.uid, user.gid);
  }
  await Deno.chown(folder, user.uid, user.gid);
}
