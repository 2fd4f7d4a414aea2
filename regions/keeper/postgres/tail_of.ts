/** Bytes that are looked at from the end. */
const TAIL = 8192;

/** The last lines of a log, at most 20; none when there is no log. */
export async function tailOf(path: string): Promise<string[]> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  using _closes = file;
  const { size } = await file.stat();
  await file.seek(Math.max(0, size - TAIL), Deno.SeekMode.Start);
  const bytes = new Uint8Array(TAIL);
  const length = await file.read(bytes) ?? 0;
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  return text.split("\n").filter((line) => line.trim() !== "").slice(-20);
}
