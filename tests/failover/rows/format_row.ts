import type { Row } from "./row.ts";

/** A row in words, as a person reads it. */
export function formatRow(row: Row): string {
  const ms = (value: number | null) => value === null ? "never" : `${value} ms`;
  const lines = [
    `${row.scenario} (run ${row.run}): ${row.broken.length === 0 ? "kept" : "BROKEN"}, ` +
    `${row.from} → ${row.to}, epochs ${row.epochs.join(", ")}`,
    `  calls: ${row.callsEstablished} established, ${row.callsCut} cut, audio gap ` +
    `${row.audioGapMs} ms (longest ${row.audioLongestMs}, before ${row.audioBeforeMs})`,
    `  new calls: answered within ${ms(row.newCallAnsweredMs)}, ${row.newCalls} dialled, ` +
    `${row.newCallsUnanswered} not answered`,
    `  agents: working after ${ms(row.agentWorkingMs)}, longest request ${ms(row.pauseMs)}, ` +
    `${row.refused} refused`,
    `  messages: ${row.acknowledged} acknowledged, ${row.lost} lost, ${row.doubled} doubled, ` +
    `${row.reordered} reordered; replies ${row.repliesDoubled} doubled, ${row.repliesLost} lost`,
    `  owned twice ${row.ownedTwice}, places lost ${row.placesLost}, offers lost ` +
    `${row.offersLost}, timers doubled ${row.timersDoubled}, lost ${row.timersLost}; in sync ` +
    `after ${ms(row.inSyncMs)}, caught up after ${row.caughtUpMs} ms`,
    ...row.notes.map((note) => `  - ${note}`),
    ...row.broken.map((promise) => `  ! ${promise}`),
  ];
  return lines.join("\n");
}
