import { CLUSTER } from "../stage/lab.ts";
import { switchOver } from "./planned_switch.ts";
import { PLANNED, type Scenario } from "./scenario.ts";

/**
 * Everything that a cluster's cell is made of, and the edge, one after the other: the standby's
 * side, then, the cluster having moved there, the other; then back.
 */
export const ROLLING_RESTART: Scenario = {
  name: "rolling-restart",
  title: "Every process of the cluster and the edge is restarted, one after the other, under load",
  fault: async (scene) => {
    const { lab, active, standby, note } = scene;
    const restart = async (name: string) => {
      await lab.platform.stop(name);
      await lab.platform.start(name);
      note(`${name} restarted`);
    };
    const side = async (site: typeof active) => {
      await restart(`cell-${CLUSTER}-${site}`);
      await restart(`keeper-${site}`);
      await lab.inSync();
    };
    await side(standby);
    await switchOver(scene);
    await lab.inSync();
    await side(active);
    await restart("keeper-control");
    await switchOver({ ...scene, active: standby, standby: active });
    await restart("edge");
  },
  observeMs: 5_000,
  heal: async () => {},
  limits: PLANNED,
};
