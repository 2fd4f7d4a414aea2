import type { PatroniScenario } from "../patroni_scenario.ts";
import { cutSite } from "./cut_site.ts";
import { killPostgres } from "./kill_postgres.ts";
import { killSite } from "./kill_site.ts";
import { loseStore } from "./lose_store.ts";
import { stopPatroni } from "./stop_patroni.ts";
import { stopSite } from "./stop_site.ts";
import { switchOver } from "./switch_over.ts";

/** All that is tried on a cluster on Patroni. */
export const PATRONI_SCENARIOS: readonly PatroniScenario[] = [
  killPostgres,
  killSite,
  stopSite,
  stopPatroni,
  switchOver,
  loseStore,
  cutSite,
];
