import type { SystemUser } from "./unprivileged_user.ts";

/** Past this a log moves to `<path>.1`, in bytes. */
const LIMIT = 8 << 20;

/**
 * Makes a server's log if it is missing, and keeps it small: past 8 MiB what it holds replaces
 * `<path>.1`, and it begins anew. The server appends, so it may run meanwhile; a line that it
 * writes in that moment may be lost.
 */
export async function trimLog(path: string, user: SystemUser | undefined): Promise<void> {
  const file = await Deno.open(path, { create: true, append: true, mode: 0o600 });
  file.close();
  if (user) await Deno.chown(path, user.uid, user.gid);
  if ((await Deno.stat(path)).size <= LIMIT) return;
  await Deno.copyFile(path, `${path}.1`);
  await Deno.truncate(path);
}
