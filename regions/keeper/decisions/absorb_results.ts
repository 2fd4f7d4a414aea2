import { failMove } from "./end_move.ts";
import type { OperationResult } from "./keeper_observation.ts";
import type { Turn } from "./turn.ts";

/** Takes in how operations ended. One that does not end by its deadline has failed. */
export function absorbResults(turn: Turn): void {
  const { state, seen, now } = turn;
  for (const result of seen.results) {
    if (result.id === state.server?.id) endServer(turn, result);
    if (result.id === state.cell?.id) endCell(turn, result);
  }
  if (state.server && now >= state.server.deadline) {
    const { id, operation } = state.server;
    endServer(turn, { id, error: `${operation.kind} did not end in time` });
    if (operation.kind !== "stop") {
      turn.begin({ kind: "stop", mode: "immediate" }, state.setup.times.stopMs);
    }
  }
  if (state.cell && now >= state.cell.deadline) {
    endCell(turn, { id: state.cell.id, error: "the cell did not answer in time" });
  }
}

function endServer(turn: Turn, { error, untouched }: OperationResult): void {
  const { state, now } = turn;
  const { operation } = state.server!;
  const { times, peer } = state.setup;
  state.server = null;
  state.serverDoneAt = now;
  const term = state.term ?? turn.seen.lease.newest?.record.term ?? 0;
  if (error !== null) {
    if (operation.kind === "seed" && untouched && state.memoryBefore) {
      turn.remember(state.memoryBefore);
    }
    state.memoryBefore = null;
    state.failures++;
    const wait = Math.min(times.retryMs * 2 ** (state.failures - 1), times.retryMaxMs);
    state.retryAt = now + wait;
    turn.problem(`${operation.kind} failed: ${error}`);
    if (state.moving && (operation.kind === "checkpoint" || operation.kind === "stop")) {
      failMove(turn, `${operation.kind} failed: ${error}`);
    }
    return;
  }
  state.failures = 0;
  state.retryAt = now;
  if (operation.kind !== "set-synchronous" && operation.kind !== "checkpoint") turn.problem(null);
  if (operation.kind === "bootstrap") {
    turn.remember({ data: "primary", term, handedOver: false });
    turn.audit("bootstrapped", {});
  } else if (operation.kind === "promote") turn.audit("promoted", { above: operation.above });
  else if (operation.kind === "seed") {
    state.memoryBefore = null;
    turn.remember({ data: "standby", term, handedOver: false });
    turn.audit("seeded", { from: peer });
  }
}

function endCell(turn: Turn, { error }: OperationResult): void {
  const { state } = turn;
  const { operation } = state.cell!;
  state.cell = null;
  if (operation.kind !== "drain" || !state.moving) return;
  if (error === null) state.moving = { ...state.moving, drained: true };
  else failMove(turn, `the cell could not be drained: ${error}`);
}
