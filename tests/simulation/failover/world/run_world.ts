import type { Scenario } from "../scenarios/scenario.ts";
import { World } from "./world.ts";

/** How a world went. */
export interface Outcome {
  scenario: string;
  seed: number;
  /** The broken promise, if any. */
  check: string | null;
  message: string | null;
  counts: World["counts"];
  /** From the end of the faults until it was active with its standby in sync. */
  healedMs: number;
  /** The longest time during the faults in which nothing was acknowledged. */
  gapMs: number;
  notes: string[] | null;
}

const READY_MS = 60_000;
const HEALED_MS = 90_000;

/** Runs one seed of a scenario: up and in sync, the faults, and until all is well again. */
export function runWorld(scenario: Scenario, seed: number, tell = false): Outcome {
  const world = new World(seed, scenario.name, tell);
  let gapMs = 0;
  let healedMs = 0;
  const fail = (check: string, message: string) => world.broken(check, message);
  if (!world.run(READY_MS, () => world.healthy) && !world.violation) {
    fail("ready", "the cluster never became active with its standby in sync");
  }
  if (!world.violation) {
    let last = world.queue.now;
    const { counts } = world;
    let count = counts.acknowledged;
    world.note("world", `${scenario.name} begins`);
    const faultsMs = scenario.play(world);
    world.run(faultsMs, () => {
      if (counts.acknowledged !== count) {
        gapMs = Math.max(gapMs, world.queue.now - last);
        last = world.queue.now;
        count = counts.acknowledged;
      }
      return false;
    });
    gapMs = Math.max(gapMs, world.queue.now - last);
    world.heal();
    const from = world.queue.now;
    if (!world.run(HEALED_MS, () => world.healthy) && !world.violation) {
      fail("healed", "a person would have to help: not active again with the standby in sync");
    }
    healedMs = world.queue.now - from;
    world.run(1500);
    if (!world.violation && world.active) world.nothingLost(world.active);
    if (!world.violation) scenario.judge?.(world, fail);
  }
  const { violation, counts, notes } = world;
  return {
    scenario: scenario.name,
    seed,
    check: violation?.check ?? null,
    message: violation?.message ?? null,
    counts,
    healedMs,
    gapMs,
    notes,
  };
}
