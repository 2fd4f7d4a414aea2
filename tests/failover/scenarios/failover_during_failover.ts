import { processId } from "./process_id.ts";
import { AIMS, type Scenario } from "./scenario.ts";

/** About when the standby promotes itself. */
const TAKES_OVER_MS = 2_800;

export const FAILOVER_DURING_FAILOVER: Scenario = {
  name: "failover-during-failover",
  title: "The active region is lost; as its standby takes over, its cell and PostgreSQL are killed",
  fault: async ({ lab, active, standby, pause, note }) => {
    await lab.sites.lose(active);
    await pause(TAKES_OVER_MS);
    Deno.kill(processId(lab, `cell-E39-${standby}`), "SIGKILL");
    await lab.platform.kill(`postgres-E39-${standby}`);
    note("the standby's cell and server are killed");
  },
  observeMs: 14_000,
  heal: ({ lab, active }) => lab.sites.giveBack(active),
  // Two failures one after the other take two recoveries.
  limits: { ...AIMS, newCallAnsweredMs: 10_000, agentWorkingMs: 10_000 },
  moves: true,
};
