import type { SwitchOverCheck } from "../../../protocol/keeper/switch_over.ts";
import { isNear } from "./is_near.ts";
import type { Turn } from "./turn.ts";

/** What must be well before the cluster moves from here to the other site. */
export function checkMove({ state, seen, now }: Turn): SwitchOverCheck[] {
  const { lease: { mine }, server, peer } = seen;
  const { setup } = state;
  const { times } = setup;
  const epoch = server?.timeline ?? null;
  const leftMs = Math.floor((mine?.validUntil ?? now) - now);
  const near = !!server && isNear(server, setup, times.degradeAfterMs);
  const lagMs = near ? Math.round(server.standby!.lagMs) : null;
  const inSync = !!mine?.durable && mine.sync.inSync.includes(setup.peer) &&
    mine.sync.term === mine.term;
  return [
    {
      name: "lease",
      ok: leftMs > 0 && state.serving,
      detail: leftMs > 0 ? `held for ${leftMs} ms more` : "not held: wait until it is",
    },
    {
      name: "standby",
      ok: near,
      detail: near ? `${setup.peer} streams` : `${setup.peer} does not stream: see its keeper`,
    },
    {
      name: "in-sync",
      ok: inSync && state.barrier === null,
      detail: inSync
        ? `${setup.peer} has all that was acknowledged`
        : `${setup.peer} may lack acknowledged work: wait until it is in sync`,
    },
    {
      name: "lag",
      ok: lagMs !== null && lagMs <= times.switchLagMs,
      detail: lagMs === null ? "unknown" : `${lagMs} ms, ${times.switchLagMs} ms at most`,
    },
    {
      name: "epoch",
      ok: epoch !== null,
      detail: epoch !== null ? `${epoch}` : "unknown: wait a moment",
    },
    {
      name: "capacity",
      ok: !!peer?.healthy,
      detail: peer?.healthy
        ? `the keeper of ${setup.peer} is ready`
        : `the keeper of ${setup.peer} does not answer`,
    },
    {
      name: "cell",
      ok: !!peer?.cellHealthy,
      detail: peer?.cellHealthy
        ? `the cell at ${setup.peer} is ready`
        : `the cell at ${setup.peer} does not answer: start it first`,
    },
  ];
}
