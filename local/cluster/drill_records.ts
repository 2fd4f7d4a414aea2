import { join } from "node:path";
import { DrillReport } from "./drill_report.ts";

/** More of the file's end than this is not read. */
const MAX_LINES = 1000;

/** Adds a drill to the platform's record of them: one JSON object a line, mode 0600, on disk. */
export async function keepDrill(dataFolder: string, report: DrillReport): Promise<void> {
  using file = await Deno.open(path(dataFolder), { create: true, append: true, mode: 0o600 });
  await file.write(new TextEncoder().encode(`${JSON.stringify(report)}\n`));
  await file.syncData();
}

/** The drills of a platform, oldest first. A line that a crash has torn is left out. */
export async function readDrills(dataFolder: string): Promise<DrillReport[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path(dataFolder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return text.split("\n").slice(-MAX_LINES).flatMap((line) => {
    const read = DrillReport.safeParse(parse(line));
    return read.success ? [read.data] : [];
  });
}

function path(dataFolder: string): string {
  return join(dataFolder, "drills.jsonl");
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
