import type { SwitchOver } from "../../../protocol/keeper/switch_over.ts";
import { checkMove } from "./check_move.ts";
import { setMove } from "./end_move.ts";
import { checkForced } from "./check_forced.ts";
import type { SwitchOverCommand } from "./keeper_observation.ts";
import type { Turn } from "./turn.ts";

const KEPT = 20;

/** Takes operators' requests: refuses, rehearses or begins. */
export function takeRequests(turn: Turn): void {
  for (const request of turn.seen.requests) take(turn, request);
}

function take(turn: Turn, request: SwitchOverCommand): void {
  const { state, seen } = turn;
  if (state.switchOvers.some((it) => it.id === request.id)) return;
  const { mine, newest } = seen.lease;
  const from = mine ? state.setup.site : newest?.record.holder?.site ?? null;
  const { id, to, rehearse, requestedBy } = request;
  const begun: SwitchOver = {
    id,
    clusterId: state.setup.clusterId,
    from,
    to,
    rehearse,
    forced: request.force === "accept-loss",
    requestedBy,
    requestedAt: seen.wall,
    state: "checking",
    checks: [],
    steps: [{ state: "checking", at: seen.wall }],
    epochBefore: newest?.position?.timeline ?? seen.server?.timeline ?? null,
    epochAfter: null,
    problem: null,
  };
  state.switchOvers = [...state.switchOvers.slice(1 - KEPT), begun];
  if (begun.forced) takeForced(turn, begun);
  else takePlanned(turn, begun);
}

function takePlanned(turn: Turn, { id, to, rehearse, requestedBy }: SwitchOver): void {
  const { state, seen, now } = turn;
  const { site, peer, times } = state.setup;
  const refuse = (problem: string) => {
    setMove(turn, id, { state: "refused", problem });
    turn.audit("switch-over-refused", { id, to, problem }, requestedBy);
  };
  if (to !== site && to !== peer) return refuse(`${to} has no data of this cluster`);
  if (!seen.lease.mine) {
    const holder = seen.lease.newest?.live ? seen.lease.newest.record.holder?.site : null;
    if (holder && holder !== site) return refuse(`${holder} is active: ask its keeper`);
    return refuse(
      "nobody holds the lease, so there is nothing to move: the cluster becomes active by itself " +
        "where it can; where it cannot, only a forced promotion helps",
    );
  }
  if (to === site) return refuse(`${site} is active already`);
  if (state.moving || state.forcing || state.givingWay) return refuse("a move is under way");
  const checks = checkMove(turn);
  setMove(turn, id, { checks });
  const bad = checks.filter((it) => !it.ok);
  if (bad.length > 0) return refuse(bad.map((it) => `${it.name}: ${it.detail}`).join("; "));
  if (rehearse) return setMove(turn, id, { state: "done" });
  state.moving = { id, deadline: now + times.checkMs, drained: false, asked: false };
  turn.audit("switch-over", { id, to, begun: true }, requestedBy);
}

function takeForced(turn: Turn, { id, to, rehearse, requestedBy }: SwitchOver): void {
  const { state, now } = turn;
  const { problem, checks, facts } = checkForced(turn, to);
  setMove(turn, id, { checks });
  if (problem !== null) {
    setMove(turn, id, { state: "refused", problem });
    turn.audit("switch-over-refused", { id, to, forced: true, problem }, requestedBy);
    return;
  }
  if (rehearse) return setMove(turn, id, { state: "done" });
  // What will be lost is on record before anything is done.
  turn.audit("forced-promotion", { id, to, ...facts }, requestedBy);
  setMove(turn, id, { state: "handing-over" });
  state.forcing = { id, deadline: now + state.setup.times.takeOverMs };
}
