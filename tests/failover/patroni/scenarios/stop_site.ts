import { LEASE_AND_TWO_MS, type PatroniScenario, SILENT_MEMBER_MS } from "../patroni_scenario.ts";

/** The leading site stands still, as a suspended machine, and then goes on where it was. */
export const stopSite: PatroniScenario = {
  name: "patroni-stop-site",
  title: "SIGSTOP of the leader's whole site for 12 s",
  moves: true,
  limitMs: LEASE_AND_TWO_MS + SILENT_MEMBER_MS,
  strike: async ({ leader, pass }) => {
    await leader.freeze();
    await pass(12);
  },
  heal: ({ leader }) => leader.thaw(),
};
