import { until } from "../../peers/until.ts";
import { CLUSTER } from "../stage/lab.ts";
import type { Scenario } from "./scenario.ts";

const ALONE_MS = 8_000;

/**
 * The standby has not what was acknowledged while it was away: it must not take the cluster over
 * when it comes back to find the other gone. Nobody is answered until that one is back.
 */
export const STANDBY_THEN_REGION: Scenario = {
  name: "standby-then-region",
  title: "The standby's region is lost, later the active one; the standby comes back first",
  fault: async ({ lab, active, standby, pause, note }) => {
    await lab.sites.lose(standby);
    await until(
      "the holder to go on without a standby",
      async () => (await lab.keepers.get(active)!.status(CLUSTER)).degraded !== null,
    );
    note("degraded");
    await pause(3_000);
    await lab.sites.lose(active);
    note("the active region is lost too");
    await lab.sites.giveBack(standby);
    note("the standby's region is back");
    await pause(ALONE_MS);
    const cells = await lab.cells();
    if (cells[standby]?.active) note("WRONG: the standby took over without what was acknowledged");
    await lab.sites.giveBack(active);
    note("the active region is back");
  },
  observeMs: 30_000,
  heal: async () => {},
  limits: { newCallAnsweredMs: null, agentWorkingMs: null, refused: null, pauseMs: null },
  moves: false,
};
