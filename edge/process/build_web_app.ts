import { join } from "node:path";
import { isStale } from "./is_stale.ts";
import { WEB_APP_FILES } from "./web_app_files.ts";
import { runBuild } from "./run_build.ts";

/** Files of the web app that are served as they are. */
const SERVED_AS_IS = /\.(html|css|svg|png|ico|webmanifest)$/;

/**
 * Builds the web app if there is one and it is missing or out of date: with its own program where
 * it brings one, else by bundling `main.ts` into `app.js` beside its page.
 */
export async function buildWebApp(): Promise<void> {
  if (!await isStale(WEB_APP_FILES.page, WEB_APP_FILES.sources)) return;
  if (await exists(WEB_APP_FILES.build)) {
    return await runBuild("The web app", ["run", "--quiet", "-A", WEB_APP_FILES.build]);
  }
  if (!await exists(WEB_APP_FILES.entry)) return;
  await runBuild("The web app", [
    "bundle",
    "--quiet",
    "--platform=browser",
    "--minify",
    "--sourcemap=linked",
    `--output=${join(WEB_APP_FILES.folder, "app.js")}`,
    WEB_APP_FILES.entry,
  ]);
  for await (const { name, isFile } of Deno.readDir(WEB_APP_FILES.source)) {
    if (!isFile || !SERVED_AS_IS.test(name)) continue;
    await Deno.copyFile(join(WEB_APP_FILES.source, name), join(WEB_APP_FILES.folder, name));
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).catch(() => null) !== null;
}
