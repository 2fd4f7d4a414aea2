import { copyFolder } from "./copy_folder.ts";

/**
 * Bundles the desktop from `entry` into the folder `out`, beside its page, styles and icon.
 * @throws Error when the bundler refuses
 */
export async function buildDesktop(entry: URL, out: URL): Promise<void> {
  await Deno.remove(out, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await copyFolder(new URL("../static/", import.meta.url), out);
  const bundle = new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform",
      "browser",
      "--minify",
      "--output",
      new URL("app.js", out).pathname,
      entry.pathname,
    ],
    cwd: new URL("../", import.meta.url),
    stdout: "inherit",
    stderr: "inherit",
  });
  const { code } = await bundle.output();
  if (code !== 0) throw new Error(`deno bundle ended with ${code}`);
}
