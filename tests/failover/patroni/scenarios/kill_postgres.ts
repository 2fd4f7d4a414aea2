import { LEASE_AND_TWO_MS, type PatroniScenario } from "../patroni_scenario.ts";

/** PostgreSQL of the leading site dies; its Patroni lives, and gives its key away. */
export const killPostgres: PatroniScenario = {
  name: "patroni-kill-postgres",
  title: "kill -9 of the leader's PostgreSQL",
  moves: true,
  limitMs: LEASE_AND_TWO_MS,
  strike: ({ leader }) => leader.killPostgres(),
  heal: () => Promise.resolve(),
};
