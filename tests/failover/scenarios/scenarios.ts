import { CELL_KILLED } from "./cell_killed.ts";
import { CLOCK_JUMPS } from "./clock_jumps.ts";
import { CONTROL_PLANE_DEAD } from "./control_plane_dead.ts";
import { DISK_FULL } from "./disk_full.ts";
import { FAILOVER_DURING_FAILOVER } from "./failover_during_failover.ts";
import { LINK_BAD } from "./link_bad.ts";
import { LINK_CUTS } from "./link_cuts.ts";
import { OLD_REGION_RETURNS } from "./old_region_returns.ts";
import { PLANNED_SWITCH } from "./planned_switch.ts";
import { POSTGRES_KILLED } from "./postgres_killed.ts";
import { REGION_CUT_OFF } from "./region_cut_off.ts";
import { REGION_FROZEN } from "./region_frozen.ts";
import { REGION_LOST } from "./region_lost.ts";
import { ROLLING_RESTART } from "./rolling_restart.ts";
import type { Scenario } from "./scenario.ts";
import { STANDBY_THEN_REGION } from "./standby_then_region.ts";

/** Every scenario of the lab, in the order in which all are run. */
export const SCENARIOS: readonly Scenario[] = [
  CELL_KILLED,
  POSTGRES_KILLED,
  PLANNED_SWITCH,
  REGION_FROZEN,
  REGION_LOST,
  REGION_CUT_OFF,
  ...LINK_CUTS,
  ...LINK_BAD,
  CONTROL_PLANE_DEAD,
  FAILOVER_DURING_FAILOVER,
  OLD_REGION_RETURNS,
  STANDBY_THEN_REGION,
  ROLLING_RESTART,
  DISK_FULL,
  ...CLOCK_JUMPS,
];
