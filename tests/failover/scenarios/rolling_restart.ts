import { CLUSTER } from "../stage/lab.ts";
import { switchOver } from "./planned_switch.ts";
import { PLANNED, type Scenario } from "./scenario.ts";

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
    await switchOver(scene);
    await lab.inSync();
    await restart(active);
    await switchOver({ ...scene, active: standby, standby: active });
    await lab.platform.renew("edge");
    note("edge is renewed");
  },
  observeMs: 5_000,
  heal: async () => {},
  limits: PLANNED,
};
