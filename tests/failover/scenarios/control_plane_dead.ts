import { AIMS, type Scenario } from "./scenario.ts";

export const CONTROL_PLANE_DEAD: Scenario = {
  name: "control-plane-dead",
  title: "The control plane is dead before the active region is lost, and while it is",
  before: ({ lab }) => lab.platform.kill("control-plane"),
  fault: ({ lab, active }) => lab.sites.lose(active),
  observeMs: 9_000,
  heal: async ({ lab, active }) => {
    await lab.sites.giveBack(active);
    await lab.platform.start("control-plane");
  },
  limits: AIMS,
  moves: true,
};
