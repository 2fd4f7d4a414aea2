import { LEASE_AND_TWO_MS, type PatroniScenario } from "../patroni_scenario.ts";

/** All of the leading site dies at once: cell, Patroni, PostgreSQL, and its part of the store. */
export const killSite: PatroniScenario = {
  name: "patroni-kill-site",
  title: "kill -9 of the leader's whole site, its etcd member too",
  moves: true,
  limitMs: LEASE_AND_TWO_MS,
  strike: ({ leader }) => leader.kill("cell", "patroni", "etcd"),
  heal: ({ leader }) => Promise.resolve(leader.start("etcd", "patroni", "cell")),
};
