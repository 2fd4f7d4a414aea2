/** Makes what was renamed, made or removed in a folder last (fsync(2) of the folder). */
export async function syncFolder(folder: string): Promise<void> {
  const file = await Deno.open(folder);
  try {
    await file.sync();
  } finally {
    file.close();
  }
}
