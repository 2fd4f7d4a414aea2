import { buildDesktop } from "./packaging/build_desktop.ts";

/**
 * Bundles the desktop into `dist/`: `deno run -A edge/desktop/build.ts`. Everything it needs is in
 * there; nothing is fetched from elsewhere at run time.
 */
if (import.meta.main) {
  await buildDesktop(new URL("main.ts", import.meta.url), new URL("dist/", import.meta.url));
}
