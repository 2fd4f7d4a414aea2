import { AIMS, type Scenario } from "./scenario.ts";

/** Longer than any lease, shorter than what anybody gives up after. */
const FROZEN_MS = 8_000;

export const REGION_FROZEN: Scenario = {
  name: "region-frozen",
  title: "Every process of the active region stops (SIGSTOP) and goes on 8 s later",
  fault: async ({ lab, active, pause, note }) => {
    await lab.sites.freeze(active);
    await pause(FROZEN_MS);
    await lab.sites.thaw(active);
    note("thawed");
  },
  observeMs: 14_000,
  heal: async () => {},
  limits: AIMS,
  moves: true,
  short: true,
};
