import type { MakeObserver } from "../checks/observer.ts";
import { Violation } from "../checks/violation.ts";
import type { Plan } from "../plans/plan.ts";
import { applyStimulus } from "./apply_stimulus.ts";
import { World } from "./world.ts";

/** How a world went. */
export interface Outcome {
  seed: number;
  /** What broke a promise; null if nothing did. */
  violation: Violation | null;
  /** Things that happened, and lines they left in the history. */
  steps: number;
  lines: number;
  /** Digest of the whole history. */
  hash: string;
  /** The history, if it was to be kept. */
  history: readonly string[] | null;
}

/** After this long without faults everything must have come to rest, in virtual ms. */
const DRAIN = 45 * 60_000;
const LOOK = 15_000;

/** Runs a plan to its end, or to the first broken promise. Deterministic in its arguments. */
export async function runPlan(
  plan: Plan,
  observers: readonly MakeObserver[],
  keepHistory = false,
): Promise<Outcome> {
  const world = new World(plan, observers, keepHistory);
  let violation: Violation | null = null;
  try {
    await run(world);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation = error;
    world.note("check", error.message);
  }
  const { steps, history } = world;
  return {
    seed: plan.seed,
    violation,
    steps,
    lines: history.count,
    hash: history.hash,
    history: history.lines,
  };
}

async function run(world: World): Promise<void> {
  const { plan, queue, start } = world;
  world.cluster.start();
  for (const pop of world.pops.values()) queue.after(100, () => pop.start());
  for (const stimulus of plan.stimuli) {
    queue.at(start + stimulus.at, () => applyStimulus(world, stimulus));
  }
  queue.at(start + plan.calmAt, () => calmDown(world));
  const calm = start + plan.calmAt;
  while (queue.next <= calm) await world.step();
  for (let look = calm + LOOK; !world.drained; look += LOOK) {
    if (look > calm + DRAIN) throw new Violation("drains", tellLeft(world));
    while (queue.next <= look) await world.step();
  }
  // A little longer, for what the last contact left behind.
  const end = queue.now + LOOK;
  while (queue.next <= end) await world.step();
  world.observer.atEnd?.(world);
  await world.step();
}

function calmDown(world: World): void {
  world.calm = true;
  world.network.clear();
  world.log.clear();
  world.fact({ type: "faults-over" });
  for (const id of world.tenantIds) {
    for (const agent of world.configuration(id).agents.keys()) {
      world.edge.session(id, agent).agent.signIn();
    }
  }
}

function tellLeft(world: World): string {
  const left: string[] = [];
  for (const [id, log] of world.log.tenants) {
    const tenant = world.tenantIds.indexOf(id);
    for (const it of log.state.interactions.values()) {
      left.push(`T${tenant} ${world.short(it.id)} is ${it.phase}`);
    }
    const effects = world.undelivered(log);
    if (effects.length > 0) left.push(`T${tenant} has not brought ${effects.join(" ")}`);
  }
  for (const pop of world.pops.values()) {
    left.push(`${pop.id}: ${pop.live.length} calls, ${pop.pending} events`);
  }
  return `not at rest ${DRAIN / 60_000} minutes after the last fault: ${left.join("; ")}`;
}
