import { basename, dirname, join } from "node:path";
import type { SystemUser } from "./unprivileged_user.ts";

/**
 * Puts a file in place whole, owned by the server's user, mode 0600. It is made outside of the data
 * folder and moved: a link that the user has put in its place is replaced, not followed.
 *
 * @param dataFolder its parent takes the file while it is made
 */
export async function placeFile(
  dataFolder: string,
  path: string,
  text: string,
  user: SystemUser | undefined,
): Promise<void> {
  const fresh = join(dirname(dataFolder), `.${basename(dataFolder)}-${basename(path)}`);
  const file = await Deno.open(fresh, { create: true, write: true, truncate: true, mode: 0o600 });
  try {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  } finally {
    file.close();
  }
  if (user) await Deno.chown(fresh, user.uid, user.gid);
  await Deno.rename(fresh, path);
}
