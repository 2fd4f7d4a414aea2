import { LEASE_AND_TWO_MS, type PatroniScenario, SILENT_MEMBER_MS } from "../patroni_scenario.ts";

/** The leading site is cut off from everybody, lives on with clients inside, and is joined again. */
export const cutSite: PatroniScenario = {
  name: "patroni-cut-site",
  title: "the leader's site cut off for 15 s, with a client inside",
  moves: true,
  inside: true,
  limitMs: LEASE_AND_TWO_MS + SILENT_MEMBER_MS,
  strike: async ({ leader, pass }) => {
    await leader.network.cut!(leader.place);
    await pass(15);
  },
  heal: ({ leader }) => leader.network.join!(leader.place),
};
