import { AIMS, type Scenario } from "./scenario.ts";

export const REGION_LOST: Scenario = {
  name: "region-lost",
  title: "The active region is gone at once: its lines and every process",
  fault: ({ lab, active }) => lab.sites.lose(active),
  observeMs: 9_000,
  heal: ({ lab, active }) => lab.sites.giveBack(active),
  limits: AIMS,
  moves: true,
  short: true,
};
