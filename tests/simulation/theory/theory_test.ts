import assert from "node:assert/strict";
import { batchMeans, type Estimate } from "./batch_means.ts";
import { erlangA } from "./erlang_a.ts";
import { erlangC } from "./erlang_c.ts";
import { simulateLine } from "./simulate_line.ts";

/** Agents, and how busy they are. */
const LOADS: readonly [number, number][] = [[1, 0.5], [5, 0.7], [10, 0.8], [20, 0.9], [50, 0.95]];
const SERVICE = 180_000;
const PATIENCE = 240_000;

function agrees(what: string, { mean, halfWidth }: Estimate, theory: number): void {
  assert.ok(
    Math.abs(mean - theory) <= halfWidth,
    `${what}: ${mean} ± ${halfWidth} (99 %), theory ${theory}`,
  );
  // An interval that is as wide as the world proves nothing.
  assert.ok(halfWidth < theory * 0.4, `${what}: ± ${halfWidth} is too wide for ${theory}`);
}

for (const [agents, busy] of LOADS) {
  const line = (patienceMs: number | null, callers: number) =>
    simulateLine({
      agents,
      arrivalMs: SERVICE / (agents * busy),
      serviceMs: SERVICE,
      patienceMs,
      callers,
      seed: 2,
    });

  Deno.test(`${agents} agents, ${busy} busy: callers wait as Erlang C says`, () => {
    const fates = line(null, busy > 0.8 ? 120_000 : 40_000);
    const { waits, meanWait } = erlangC(agents, agents * busy, SERVICE);
    agrees("probability of waiting", batchMeans(fates.map((f) => Number(f.waitMs > 0))), waits);
    agrees("mean wait", batchMeans(fates.map((f) => f.waitMs)), meanWait);
  });

  Deno.test(`${agents} agents, ${busy} busy: callers wait and give up as Erlang A says`, () => {
    const fates = line(PATIENCE, 25_000);
    const { waits, abandons, meanWait } = erlangA(agents, agents * busy, SERVICE, PATIENCE);
    agrees("probability of waiting", batchMeans(fates.map((f) => Number(f.waitMs > 0))), waits);
    agrees("probability of giving up", batchMeans(fates.map((f) => Number(f.abandoned))), abandons);
    agrees("mean wait", batchMeans(fates.map((f) => f.waitMs)), meanWait);
  });
}
