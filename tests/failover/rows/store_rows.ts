import { join } from "node:path";
import type { Machine } from "../../bench/machine.ts";
import type { Row } from "./row.ts";

/** When and on what rows were measured. */
export interface Measured {
  date: string;
  machine: Machine;
}

/** Stores the rows of each scenario in a file of its own, in place of those of an earlier time. */
export async function storeRows(
  folder: string,
  rows: readonly Row[],
  measured: Measured,
): Promise<void> {
  for (const [scenario, runs] of Map.groupBy(rows, (row) => row.scenario)) {
    const text = JSON.stringify({ scenario, ...measured, rows: runs }, null, 2);
    await Deno.writeTextFile(join(folder, `${scenario}.json`), `${text}\n`);
  }
}
