import { until } from "../../peers/until.ts";
import { CLUSTER } from "../stage/lab.ts";
import { PLANNED, type Scenario, type Scene } from "./scenario.ts";

/** Moves the cluster to its standby as an operator does, and waits until that is done. */
export async function switchOver({ lab, active, standby, note }: Scene): Promise<void> {
  const keeper = lab.keepers.get(active)!;
  const request = { to: standby, rehearse: false, requestedBy: "lab" };
  const begun = await keeper.switchOver(CLUSTER, request);
  const done = await until("the end of the switch-over", async () => {
    const now = await keeper.progress(CLUSTER, begun.id).catch(() => null);
    return now && ["done", "refused", "failed"].includes(now.state) && now;
  }, 30_000);
  const steps = done.steps.map(({ state, at }) => `${state} +${at - done.requestedAt} ms`);
  note(`switch-over ${done.state}: ${steps.join(", ")}`);
  if (done.state !== "done") throw new Error(`It was not moved: ${done.problem}`);
}

export const PLANNED_SWITCH: Scenario = {
  name: "planned-switch",
  title: "An operator moves the cluster to its standby under load",
  fault: switchOver,
  observeMs: 4_000,
  heal: async () => {},
  limits: PLANNED,
  moves: true,
  short: true,
};
