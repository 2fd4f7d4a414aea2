import { join } from "node:path";
import type { Row } from "./row.ts";
import type { Measured } from "./store_rows.ts";

/** What is stored of a scenario. */
export interface ScenarioResult extends Measured {
  scenario: string;
  rows: Row[];
}

/** Reads what is stored, by scenario. */
export async function readResults(folder: string): Promise<ScenarioResult[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".json")) names.push(name);
  return await Promise.all(
    names.sort().map(async (name) => {
      return JSON.parse(await Deno.readTextFile(join(folder, name)));
    }),
  );
}
