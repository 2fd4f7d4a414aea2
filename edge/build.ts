/**
 * Builds what the edge serves: the worker and the web app, each only if it is missing or a source
 * is newer.
 * @module
 */
import { AntiphonError } from "../protocol/errors/antiphon_error.ts";
import { buildWebApp } from "./process/build_web_app.ts";
import { buildWorker } from "./process/build_worker.ts";

if (import.meta.main) {
  try {
    await Promise.all([buildWorker(), buildWebApp()]);
  } catch (error) {
    const lines = error instanceof AntiphonError ? error.data.lastLines : [];
    const text = [String(error), ...(Array.isArray(lines) ? lines : [])].join("\n");
    Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
    Deno.exit(1);
  }
}
