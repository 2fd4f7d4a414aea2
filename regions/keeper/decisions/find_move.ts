import type { SwitchOver } from "../../../protocol/keeper/switch_over.ts";
import type { Turn } from "./turn.ts";

/** The switch-over that moves, if one does. */
export function findMove({ state }: Turn): SwitchOver | undefined {
  return state.switchOvers.find((it) => it.id === state.moving?.id);
}

/** Whether a switch-over has stopped the server, or is about to. */
export function isMovingAway(turn: Turn): boolean {
  const move = findMove(turn);
  return move?.state === "stopping" || move?.state === "handing-over";
}
