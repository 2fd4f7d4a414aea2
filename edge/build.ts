/**
 * Bundles the worker and the web app, each only if a source is newer than what was built.
 * @module
 */
import { fileURLToPath } from "node:url";
import { isFresh } from "./build/is_fresh.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

await build("edge/worker/dist/worker.js", ["edge/worker", "protocol", "deno.lock"], [
  ...["bundle", "--quiet", "--platform", "browser", "--external", "cloudflare:*"],
  ...["--external", "node:*", "--sourcemap", "linked", "-o", "edge/worker/dist/worker.js"],
  "edge/worker/main.ts",
]);
await build("edge/desktop/dist/app.js", ["edge/desktop", "protocol", "deno.lock"], [
  ...["run", "--quiet", "-A", "edge/desktop/build.ts"],
]);

async function build(output: string, sources: string[], args: string[]): Promise<void> {
  if (await isFresh(root, output, sources)) return;
  const { success } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    stdin: "null",
  }).output();
  if (!success) {
    throw new Error(`Cannot build ${output}: run deno ${args.join(" ")} to see why`);
  }
}
