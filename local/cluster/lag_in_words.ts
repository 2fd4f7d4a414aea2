import type { ReplicationStatus } from "../../protocol/keeper/keeper_status.ts";
import { bytesInWords } from "./bytes_in_words.ts";

/** How far a standby is behind, in a few characters ("0 B, 2 ms"); "unknown" while it is away. */
export function lagInWords({ lagBytes, lagMs }: ReplicationStatus): string {
  if (lagBytes === null) return "unknown";
  const time = lagMs === null
    ? ""
    : `, ${lagMs < 1000 ? `${Math.round(lagMs)} ms` : seconds(lagMs)}`;
  return `${bytesInWords(lagBytes)}${time}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
