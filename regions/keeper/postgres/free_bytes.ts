import { statfs } from "node:fs/promises";

/** Bytes that are free for us on a folder's disk; 0 when it cannot be asked. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Number(bavail) * Number(bsize);
  } catch {
    // A disk that does not answer takes nothing either.
    return 0;
  }
}
