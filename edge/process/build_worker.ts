import { isStale } from "./is_stale.ts";
import { WORKER_FILES } from "./worker_files.ts";
import { runBuild } from "./run_build.ts";

/**
 * Bundles the worker if that is missing or out of date. Written beside and then renamed, so that
 * processes that build at the same time do not read half a bundle.
 */
export async function buildWorker(): Promise<void> {
  if (!await isStale(WORKER_FILES.bundle, WORKER_FILES.sources)) return;
  const startedAt = new Date();
  const beside = WORKER_FILES.bundle.replace(/worker\.js$/, `worker.${crypto.randomUUID()}.js`);
  await runBuild("The edge's worker", [
    "bundle",
    "--quiet",
    "--platform=browser",
    "--external=cloudflare:*",
    "--external=node:*",
    `--output=${beside}`,
    WORKER_FILES.entry,
  ]);
  // As old as the build's beginning: a source that changed meanwhile makes it stale.
  await Deno.utime(beside, startedAt, startedAt);
  await Deno.rename(beside, WORKER_FILES.bundle);
}
