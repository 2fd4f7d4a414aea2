import type { KeeperClient } from "../cluster/keeper_client.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import { CLUSTERS, sitesOf } from "../layout/clusters.ts";
import { POPS } from "../layout/pops.ts";
import { cellPlan, controlPlanePlan, edgePlan, popPlan } from "../layout/room_plans.ts";
import { ROOT } from "../layout/rooms.ts";
import type { ProcessPlan } from "../processes/process_plan.ts";
import type { Supervisor } from "../processes/supervisor.ts";
import { buildWeb } from "./build_web.ts";
import { runDatabases } from "./run_databases.ts";

/** What {@linkcode runRooms} works with. */
export interface RunRooms {
  layout: PlatformLayout;
  supervisor: Supervisor;
  keepers: ReadonlyMap<string, KeeperClient>;
  say: (line: string) => void;
  /** Makes the demo tenant; called when control plane and home cell are ready. */
  seed: () => Promise<void>;
  /** Whether the edge's bundles are made first. */
  build: boolean;
  /** Ends all waiting. */
  signal: AbortSignal;
}

/**
 * Starts keepers and rooms, each as soon as what it needs is there; settles when all but the
 * standby cells are ready and the demo is seeded.
 *
 * @returns what starts the standby cells, which nobody needs to begin with
 */
export async function runRooms(parts: RunRooms): Promise<() => Promise<void>> {
  const { layout, supervisor, keepers, say, seed, build } = parts;
  const run = async (plan: ProcessPlan) => {
    await supervisor.run(plan);
    say(`${plan.name} is ready`);
  };
  const bundles = build ? buildBundles(say) : Promise.resolve();
  const failed = new AbortController();
  const signal = AbortSignal.any([parts.signal, failed.signal]);
  const databases = runDatabases({ layout, run, keepers, signal });
  const controlPlane = databases.control.then(() => run(controlPlanePlan(layout)));
  const cells = CLUSTERS.map(async ({ id }) => {
    // A cell starts without a control plane too, but then asks again only after a pause.
    const [active] = await Promise.all([databases.clusters[id], controlPlane]);
    await run(cellPlan(layout, id, active));
    return sitesOf(id, layout.standby).filter((site) => site !== active)
      .map((site) => cellPlan(layout, id, site));
  });
  const pops = POPS.map(({ id }) => controlPlane.then(() => run(popPlan(layout, id))));
  const edge = Promise.all([controlPlane, bundles]).then(() => run(edgePlan(layout)));
  const seeded = Promise.all([controlPlane, cells[0]]).then(seed);
  const others = [bundles, controlPlane, ...pops, edge, seeded];
  try {
    const [standbys] = await Promise.all([Promise.all(cells), ...others]);
    return async () => void await Promise.all(standbys.flat().map(run));
  } catch (error) {
    // The first failure is the one to tell; the others are its consequences.
    supervisor.close();
    failed.abort();
    await Promise.allSettled([...others, ...cells]);
    throw error;
  }
}

async function buildBundles(say: (line: string) => void): Promise<void> {
  await buildWeb(ROOT);
  say("The web app and the edge's worker are built");
}
