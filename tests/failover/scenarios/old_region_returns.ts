import { AIMS, type Scenario } from "./scenario.ts";

const AWAY_MS = 6_000;

export const OLD_REGION_RETURNS: Scenario = {
  name: "old-region-returns",
  title: "The active region is lost and comes back 6 s later, with its old primary",
  fault: async ({ lab, active, pause, note }) => {
    await lab.sites.lose(active);
    await pause(AWAY_MS);
    await lab.sites.giveBack(active);
    note("the old region is back");
  },
  observeMs: 16_000,
  heal: async () => {},
  limits: AIMS,
  moves: true,
};
