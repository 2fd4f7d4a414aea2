import type { PlatformLayout } from "../layout/platform_layout.ts";
import { CLUSTERS } from "../layout/clusters.ts";
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
  say: (line: string) => void;
  /** Makes the demo tenant; called when control plane and home cell are ready. */
  seed: () => Promise<void>;
  /** Whether the edge's bundles are made first. */
  build: boolean;
}

/**
 * Starts databases and rooms, each as soon as what it needs is there; settles when all are ready
 * and the demo is seeded.
 */
export async function runRooms({ layout, supervisor, say, seed, build }: RunRooms): Promise<void> {
  const run = async (plan: ProcessPlan) => {
    await supervisor.run(plan);
    say(`${plan.name} is ready`);
  };
  const bundles = build ? buildBundles(say) : Promise.resolve();
  const database = await runDatabases(layout, supervisor, say);
  const controlPlane = database("control-plane").then(() => run(controlPlanePlan(layout)));
  const cells = CLUSTERS.map(async ({ id }) => {
    // A cell starts without a control plane too, but then asks again only after a pause.
    await Promise.all([database(id), controlPlane]);
    await run(cellPlan(layout, id));
  });
  const pops = POPS.map(({ id }) => controlPlane.then(() => run(popPlan(layout, id))));
  const edge = Promise.all([controlPlane, bundles]).then(() => run(edgePlan(layout)));
  const seeded = Promise.all([controlPlane, cells[0]]).then(seed);
  const all = [bundles, controlPlane, ...cells, ...pops, edge, seeded];
  try {
    await Promise.all(all);
  } catch (error) {
    // The first failure is the one to tell; the others are its consequences.
    supervisor.close();
    await Promise.allSettled(all);
    throw error;
  }
}

async function buildBundles(say: (line: string) => void): Promise<void> {
  await buildWeb(ROOT);
  say("The web app and the edge's worker are built");
}
