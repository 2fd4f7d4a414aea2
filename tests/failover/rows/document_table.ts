import type { Row } from "./row.ts";
import type { ScenarioResult } from "./read_results.ts";

const BEGIN = "<!-- measured: written by `deno task lab --store` -->";
const END = "<!-- end of measured -->";

const SUMS = ["callsCut", "lost", "doubled", "reordered", "ownedTwice", "placesLost"] as const;

/** Puts the table of what was measured in its place in a document. */
export function withTable(document: string, results: readonly ScenarioResult[]): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) {
    throw new Error(`The document has no place for the table: ${BEGIN}`);
  }
  return `${document.slice(0, begin)}${BEGIN}\n\n${table(results)}\n\n${document.slice(end)}`;
}

function table(results: readonly ScenarioResult[]): string {
  const lines = results.map(({ scenario, rows, date, machine }) => {
    const sum = (name: typeof SUMS[number]) => rows.reduce((total, row) => total + row[name], 0);
    const worst = (name: "audioGapMs" | "newCallAnsweredMs" | "agentWorkingMs") =>
      rows.some((row) => row[name] === null) ? "never" : spread(rows.map((row) => row[name]!));
    const cells = [
      `${scenario}${rows.length > 1 ? ` × ${rows.length}` : ""}`,
      rows.reduce((total, row) => total + row.callsEstablished, 0),
      sum("callsCut"),
      worst("audioGapMs"),
      rows.reduce((total, row) => total + row.acknowledged, 0),
      ...SUMS.slice(1).map(sum),
      worst("newCallAnsweredMs"),
      worst("agentWorkingMs"),
      kept(rows),
      `${date.slice(0, 10)}, ${machine.cores} × ${machine.cpu}`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| scenario | calls | cut | audio gap, ms | acknowledged | lost | doubled | reordered | " +
    "owned twice | places lost | new call answered, ms | agents working, ms | promises | measured |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** One value, or the middle and the worst of several. */
function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const worst = sorted.at(-1)!;
  if (values.length === 1 || worst === 0) return String(worst);
  return `${sorted[Math.floor((sorted.length - 1) / 2)]}, at most ${worst}`;
}

function kept(rows: readonly Row[]): string {
  const broken = rows.filter((row) => row.broken.length > 0).length;
  return broken === 0 ? "kept" : `${broken} of ${rows.length} runs broke one`;
}
