/**
 * Checks the house: walls between rooms, no circles of imports, small files that are named after
 * what they export. Lists every file that breaks a rule; exit code 1 if there is one.
 * @module
 */
import { fileURLToPath } from "node:url";
import { checkCycles } from "./check_cycles.ts";
import { checkNames } from "./check_names.ts";
import { checkSizes } from "./check_sizes.ts";
import { checkWalls } from "./check_walls.ts";
import { listSources } from "./list_sources.ts";

const root = Deno.args[0] ?? fileURLToPath(new URL("../../", import.meta.url));
const files = await listSources(root);
const violations = [checkWalls, checkCycles, checkSizes, checkNames].flatMap((check) =>
  check(files)
);
for (const { rule, path, line, message } of violations) {
  say(`${path}:${line}  ${rule}: ${message}`);
}
const sizes = files.map((file) => file.lines).sort((a, b) => a - b);
say(
  `${files.length} files, median ${sizes[sizes.length >> 1] ?? 0} lines; ` +
    (violations.length === 0 ? "all walls stand" : `${violations.length} rules broken`),
);
if (files.length === 0 || violations.length > 0) Deno.exit(1);

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
