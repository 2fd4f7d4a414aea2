import type { DataSite } from "../stage/data_site.ts";
import { type Scenario, STANDBY_SILENT } from "./scenario.ts";

const CUT_MS = 10_000;

type Ends = (active: DataSite, standby: DataSite) => [DataSite, DataSite][];

function cut(name: string, title: string, ends: Ends): Scenario {
  return {
    ...{ name, title, limits: STANDBY_SILENT, observeMs: CUT_MS + 3_000 },
    fault: async ({ lab, active, standby, pause, note }) => {
      await Promise.all(ends(active, standby).map(([from, to]) => lab.network.cut(from, to)));
      await pause(CUT_MS);
      await lab.network.heal();
      note("healed");
    },
    heal: async () => {},
  };
}

/** The line between the regions is cut; both still reach the control plane's site. */
export const LINK_CUTS: readonly Scenario[] = [
  cut(
    "link-cut",
    "The line between the regions is cut both ways for 10 s",
    (active, standby) => [[active, standby], [standby, active]],
  ),
  cut(
    "link-cut-out",
    "For 10 s nothing gets from the active region to the standby's; the other way is open",
    (active, standby) => [[active, standby]],
  ),
  cut(
    "link-cut-in",
    "For 10 s nothing gets from the standby's region to the active one; the other way is open",
    (active, standby) => [[standby, active]],
  ),
];
