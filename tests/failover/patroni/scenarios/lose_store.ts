import type { PatroniFault, PatroniScenario } from "../patroni_scenario.ts";

const sitesOf = ({ leader, other, control }: PatroniFault) => [leader, other, control];

/** The whole store is away; in failsafe mode the leader goes on. */
export const loseStore: PatroniScenario = {
  name: "patroni-lose-store",
  title: "all etcd members dead for 12 s, failsafe mode",
  moves: false,
  limitMs: 2_000,
  strike: async (fault) => {
    await Promise.all(sitesOf(fault).map((site) => site.kill("etcd")));
    await fault.pass(12);
  },
  heal: (fault) => Promise.resolve(sitesOf(fault).forEach((site) => site.start("etcd"))),
};
