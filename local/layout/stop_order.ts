import { CLUSTERS } from "./clusters.ts";
import { POPS } from "./pops.ts";

const cells = CLUSTERS.map((cluster) => `cell-${cluster.id}`);
const pops = POPS.map((pop) => `pop-${pop.id}`);
const clusterPostgres = CLUSTERS.map((cluster) => `postgres-${cluster.id}`);

/**
 * The order in which processes stop, stage by stage: who calls before who is called, subscribers
 * before the publisher, which waits for them.
 */
export const STOP_ORDER: readonly (readonly string[])[] = [
  ["edge", ...pops],
  cells,
  ["control-plane"],
  clusterPostgres,
  ["postgres-control-plane"],
];
