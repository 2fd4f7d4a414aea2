import { until } from "../../peers/until.ts";
import { CLUSTER } from "../stage/lab.ts";
import { switchOver } from "./planned_switch.ts";
import { PLANNED, type Scenario, type Scene } from "./scenario.ts";

/** Waits until the keepers would move the cluster: they look at a cell that came back now and then. */
async function consent({ lab, active, standby }: Scene): Promise<void> {
  const keeper = lab.keepers.get(active)!;
  const request = { to: standby, rehearse: true, requestedBy: "lab" };
  await until("the keepers' consent", async () => {
    const begun = await keeper.switchOver(CLUSTER, request).catch(() => null);
    const now = begun && await keeper.progress(CLUSTER, begun.id).catch(() => null);
    return now?.state === "done" && now.checks.every(({ ok }) => ok);
  }, 30_000);
}

/**
 * The cluster's cells, one after the other and each while it stands by, so that the cluster moves
 * there and back; and the edge, which renews itself while it serves.
 */
export const ROLLING_RESTART: Scenario = {
  name: "rolling-restart",
  title: "The cells of the cluster and the edge are restarted, one after the other, under load",
  fault: async (scene) => {
    const { lab, active, standby, note } = scene;
    const restart = async (site: typeof active) => {
      const name = `cell-${CLUSTER}-${site}`;
      await lab.platform.stop(name);
      await lab.platform.start(name);
      note(`${name} is started anew`);
      await lab.inSync();
    };
    await restart(standby);
    await consent(scene);
    await switchOver(scene);
    await lab.inSync();
    await restart(active);
    const back = { ...scene, active: standby, standby: active };
    await consent(back);
    await switchOver(back);
    await lab.platform.renew("edge");
    note("edge is renewed");
  },
  observeMs: 5_000,
  heal: async () => {},
  limits: PLANNED,
};
