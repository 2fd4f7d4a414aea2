import type { DrillReport } from "./drill_report.ts";

/** What a drill measured, as a small table. */
export function describeDrill(report: DrillReport): string {
  const { clusterId, from, to, epochBefore, epochAfter, answeredMs } = report;
  const rows: [string, number | null][] = [
    ["the other site had the lease", report.detectedMs],
    ["its PostgreSQL was promoted", report.promotedMs],
    ["its cell was active", report.activeMs],
    ["the edge answered a person again", answeredMs],
    ["redundant again, after the return", report.redundantMs],
  ];
  const lines = rows.flatMap(([what, ms]) =>
    ms === null ? [] : [`  ${what.padEnd(36)}${`${ms} ms`.padStart(9)}`]
  );
  const title = `${clusterId} went from ${from} to ${to}, epoch ${epochBefore} to ${epochAfter}:`;
  return `${[title, ...lines].join("\n")}\n`;
}
