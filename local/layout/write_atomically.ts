/** Writes a file that is either the old or the new one at any time. Mode 0600. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  await Deno.writeTextFile(fresh, text, { mode: 0o600 });
  await Deno.chmod(fresh, 0o600);
  await Deno.rename(fresh, path);
}
