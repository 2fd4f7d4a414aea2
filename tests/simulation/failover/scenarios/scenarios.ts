import { cellKilled } from "./cell_killed.ts";
import { clockJumps } from "./clock_jumps.ts";
import { controlDead } from "./control_dead.ts";
import { crashBehindCut } from "./crash_behind_cut.ts";
import { diskFull } from "./disk_full.ts";
import { duplicateKeeper } from "./duplicate_keeper.ts";
import { everything } from "./everything.ts";
import { failoverDuringFailover } from "./failover_during_failover.ts";
import { forcedPromotion } from "./forced_promotion.ts";
import { keeperKilled } from "./keeper_killed.ts";
import { linkCut } from "./link_cut.ts";
import { linkSlow } from "./link_slow.ts";
import { plannedSwitches } from "./planned_switches.ts";
import { postgresKilled } from "./postgres_killed.ts";
import { powerCut } from "./power_cut.ts";
import { processPaused } from "./process_paused.ts";
import { regionCutOff } from "./region_cut_off.ts";
import { regionFrozen } from "./region_frozen.ts";
import { regionKilled } from "./region_killed.ts";
import { regionReturns } from "./region_returns.ts";
import { repliesLost } from "./replies_lost.ts";
import { repliesSlow } from "./replies_slow.ts";
import { standbyThenRegion } from "./standby_then_region.ts";
import { switchUnderFaults } from "./switch_under_faults.ts";
import { witnessKilled } from "./witness_killed.ts";
import { wrongPromotion } from "./wrong_promotion.ts";
import type { Scenario } from "./scenario.ts";

/** All named faults. */
export const SCENARIOS: readonly Scenario[] = [
  cellKilled,
  clockJumps,
  controlDead,
  crashBehindCut,
  diskFull,
  duplicateKeeper,
  everything,
  failoverDuringFailover,
  forcedPromotion,
  keeperKilled,
  linkCut,
  linkSlow,
  plannedSwitches,
  postgresKilled,
  powerCut,
  processPaused,
  regionCutOff,
  regionFrozen,
  regionKilled,
  regionReturns,
  repliesLost,
  repliesSlow,
  standbyThenRegion,
  switchUnderFaults,
  witnessKilled,
  wrongPromotion,
];
