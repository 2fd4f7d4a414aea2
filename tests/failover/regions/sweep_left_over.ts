import { run } from "../../peers/run.ts";
import { readLabName } from "./lab_name.ts";
import { removeNamespace } from "./remove_namespace.ts";
import { startTicks } from "./start_ticks.ts";

/** Takes away the networks of runs that ended without doing so, with all that runs in them. */
export async function sweepLeftOver(): Promise<string[]> {
  const listed = await run("ip", ["netns", "list"]);
  const swept: string[] = [];
  for (const line of listed.split("\n")) {
    const name = line.split(" ", 1)[0];
    const found = readLabName(name);
    if (!found || await startTicks(found.pid) === found.startTicks) continue;
    await removeNamespace(name);
    swept.push(name);
  }
  return swept;
}
