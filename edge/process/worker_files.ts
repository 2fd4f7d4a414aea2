import { localPath } from "./local_path.ts";

/** The worker's program, what it is bundled into, and what the bundle is made from. */
export const WORKER_FILES = {
  entry: localPath("../worker/main.ts"),
  bundle: localPath("../worker/dist/worker.js"),
  sources: ["../worker/", "../../protocol/", "../../deno.json", "../../deno.lock"].map(localPath),
} as const;
