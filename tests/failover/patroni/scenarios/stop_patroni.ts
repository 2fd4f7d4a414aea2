import { LEASE_AND_TWO_MS, type PatroniScenario, SILENT_MEMBER_MS } from "../patroni_scenario.ts";

/** Patroni alone hangs; PostgreSQL and the cell beside it go on without anybody who guards them. */
export const stopPatroni: PatroniScenario = {
  name: "patroni-stop-patroni",
  title: "SIGSTOP of the leader's Patroni alone for 12 s",
  moves: true,
  limitMs: LEASE_AND_TWO_MS + SILENT_MEMBER_MS,
  strike: async ({ leader, pass }) => {
    leader.signalPatroni("SIGSTOP");
    await pass(12);
  },
  heal: ({ leader }) => Promise.resolve(leader.signalPatroni("SIGCONT")),
};
