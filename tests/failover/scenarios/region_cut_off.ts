import { AIMS, type Scenario } from "./scenario.ts";

const CUT_MS = 10_000;

export const REGION_CUT_OFF: Scenario = {
  name: "region-cut-off",
  title: "The active region goes on by itself, but nothing gets in or out for 10 s",
  fault: async ({ lab, active, pause, note }) => {
    await lab.network.isolate(active);
    await pause(CUT_MS);
    await lab.network.heal();
    note("joined again");
  },
  observeMs: 14_000,
  heal: async () => {},
  limits: AIMS,
  moves: true,
};
