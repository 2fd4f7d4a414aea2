import type { Limits } from "../scenarios/scenario.ts";
import type { Row } from "./row.ts";

/** What must be zero whatever the fault. */
const ZERO = [
  ...["callsCut", "audioGapMs", "lost", "doubled", "reordered", "ownedTwice", "placesLost"],
  ...["offersLost", "offersDoubled", "timersDoubled", "timersLost", "repliesDoubled"],
  ...[
    "repliesLost",
    "newCallsUnanswered",
    "socketsLost",
    "stepsLost",
    "rtpBetweenRegions",
    "staleRequests",
  ],
] as (keyof Row)[];

/** Names the promises that a row breaks, with what was measured. */
export function brokenPromises(
  row: Omit<Row, "broken">,
  limits: Limits,
  expected: { moves?: boolean },
): string[] {
  const judged = ZERO.filter((name) => {
    // Where nobody can be answered for a while, callers may give up.
    return limits.newCallAnsweredMs !== null || name !== "newCallsUnanswered";
  });
  const values = row as unknown as Record<string, number | null>;
  const broken = judged.filter((name) => values[name] !== 0).map((name) =>
    `${name} ${values[name]}`
  );
  for (const [name, most] of Object.entries(limits) as [keyof Limits, number | null][]) {
    const is = values[name];
    if (most !== null && (is === null || is > most)) broken.push(`${name} ${is} > ${most}`);
  }
  if (expected.moves !== undefined && (row.from !== row.to) !== expected.moves) {
    broken.push(expected.moves ? "the cluster stayed" : "the cluster moved");
  }
  broken.push(...row.notes.filter((note) => note.includes("WRONG")));
  return broken;
}
