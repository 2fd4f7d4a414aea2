import assert from "node:assert/strict";
import * as fc from "fast-check";
import { longestRun, type RunGraph } from "./longest_run.ts";

const graph = (
  edges: number[][],
  counted: [node: number, to: number, times: number][] = [],
): RunGraph => ({
  weights: edges.map(() => 1),
  edges,
  counted: new Map(counted.map(([node, to, times]) => [node, { to, times }])),
});

Deno.test("longestRun() is the longest way through what goes one way", () => {
  assert.deepEqual(longestRun(graph([])), { steps: 0, cycles: [] });
  assert.deepEqual(longestRun(graph([[1, 2], [3], [1], []])), { steps: 4, cycles: [] });
});

Deno.test("longestRun() names what goes round without end", () => {
  const { steps, cycles } = longestRun(graph([[1], [2], [1], [3]]));
  assert.equal(steps, Infinity);
  assert.deepEqual(cycles.map((nodes) => nodes.sort()), [[3], [1, 2]].toReversed());
});

Deno.test("longestRun() counts rounds, and rounds of rounds", () => {
  // 0 goes to 1 five times, and 1 back to 0; then on to 2.
  assert.equal(longestRun(graph([[2], [0], []], [[0, 1, 5]])).steps, 6 * 2 + 1);
  const nested = graph([[3], [0], [1], []], [[0, 1, 4], [1, 2, 3]]);
  const { steps, cycles } = longestRun(nested);
  assert.deepEqual(cycles, []);
  assert.ok(Number.isFinite(steps) && steps >= 4 * (3 * 2 + 1));
});

/** Steps that a run really takes; counted edges are taken as long as they may be. */
function walk({ edges, counted }: RunGraph, choices: readonly number[]): number {
  const rounds = new Map<number, number>();
  let node = 0;
  let steps = 0;
  for (let i = 0; i < 5000; i++) {
    steps += 1;
    const loop = counted.get(node);
    if (loop) {
      const done = rounds.get(node) ?? 0;
      rounds.set(node, done < loop.times ? done + 1 : 0);
      if (done < loop.times) {
        node = loop.to;
        continue;
      }
    }
    const next = edges[node];
    if (next.length === 0) return steps;
    node = next[(choices[i % choices.length] ?? 0) % next.length];
  }
  return Infinity;
}

const node = fc.nat({ max: 5 });
const graphs = fc.record({
  edges: fc.array(fc.uniqueArray(node, { maxLength: 2 }), { minLength: 6, maxLength: 6 }),
  counted: fc.uniqueArray(fc.tuple(node, node, fc.integer({ min: 1, max: 4 })), {
    maxLength: 2,
    selector: ([from]) => from,
  }),
}).map(({ edges, counted }) => graph(edges, counted));

Deno.test("no run takes more steps than longestRun() says", () => {
  fc.assert(
    fc.property(graphs, fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (it, choices) => {
      assert.ok(walk(it, choices) <= longestRun(it).steps);
    }),
    { numRuns: 3000 },
  );
});
