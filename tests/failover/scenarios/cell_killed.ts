import { AIMS, type Scenario } from "./scenario.ts";
import { processId } from "./process_id.ts";

export const CELL_KILLED: Scenario = {
  name: "cell-killed",
  title: "The active cell's process is killed (SIGKILL); whoever runs it starts it again",
  fault: ({ lab, active }) => {
    Deno.kill(processId(lab, `cell-E39-${active}`), "SIGKILL");
    return Promise.resolve();
  },
  observeMs: 8_000,
  heal: async () => {},
  limits: AIMS,
  short: true,
};
