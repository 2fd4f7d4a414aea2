import { type Scenario, STANDBY_SILENT } from "./scenario.ts";

const BAD_MS = 12_000;

function bad(
  name: string,
  title: string,
  how: { delayMs?: number; lossPercent?: number },
): Scenario {
  return {
    ...{ name, title, limits: STANDBY_SILENT, observeMs: BAD_MS + 3_000 },
    fault: async ({ lab, pause, note }) => {
      await lab.network.slow("eu-central", "us-east", how);
      await pause(BAD_MS);
      await lab.network.heal();
      note("healed");
    },
    heal: async () => {},
  };
}

/** The line between the regions is bad, but carries. */
export const LINK_BAD: readonly Scenario[] = [
  bad("link-slow", "The line between the regions takes 2 s one way for 12 s", { delayMs: 2_000 }),
  bad("link-lossy", "The line between the regions loses 20 % of all packets for 12 s", {
    lossPercent: 20,
  }),
];
