import { percentile } from "../../bench/percentile.ts";
import type { Row } from "./row.ts";

/** Figures that are times. */
const TIMES = ["newCallAnsweredMs", "agentWorkingMs", "pauseMs", "inSyncMs"] as const;

/** Times of a scenario's runs: the middle, the 99th percentile and the worst, in ms. */
export interface TimeSummary {
  p50: number;
  p99: number;
  max: number;
}

/** Sums a scenario's runs up, a line of JSON each. */
export function summary(rows: readonly Row[]): string[] {
  return [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, runs]) => {
    const times = Object.fromEntries(TIMES.map((name) => [name, timesOf(runs, name)]));
    const broken = runs.filter((row) => row.broken.length > 0).length;
    return JSON.stringify({ scenario, runs: runs.length, broken, ...times });
  });
}

function timesOf(rows: readonly Row[], name: typeof TIMES[number]): TimeSummary {
  const values = rows.map((row) => row[name] ?? Infinity);
  const at = (p: number) => Math.round(percentile(values, p));
  return { p50: at(50), p99: at(99), max: at(100) };
}
