import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { LegStatistics } from "../media/engine/leg_statistics.ts";

/** A leg's figures as its record shows them, less what it had counted before a call. */
export function legFigures(now: LegStatistics, before?: LegStatistics): LegMedia {
  return {
    packetsReceived: now.packetsIn - (before?.packetsIn ?? 0),
    packetsSent: now.packetsOut - (before?.packetsOut ?? 0),
    packetsLost: Math.max(0, now.lost - (before?.lost ?? 0)),
    jitterMs: Math.round(now.jitter * 100) / 100,
  };
}
