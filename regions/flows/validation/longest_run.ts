/** What may follow what without a wait in between. Nodes are numbers from 0. */
export interface RunGraph {
  /** Steps that each node costs. */
  weights: readonly number[];
  edges: readonly (readonly number[])[];
  /** An edge more that is taken at most so many times before the others of its node. */
  counted: ReadonlyMap<number, { to: number; times: number }>;
}

/** The longest that can be passed through in a row. */
export interface LongestRun {
  /** An upper bound of the steps; infinite with a cycle. */
  steps: number;
  /** Nodes that go round without end. */
  cycles: number[][];
}

/**
 * Bounds the steps of any run through a graph: that of a part that goes round by counted edges is
 * its longest way times its rounds. O(nodes + edges) for each level of counted edges within others.
 */
export function longestRun(graph: RunGraph): LongestRun {
  const cycles: number[][] = [];
  const all = graph.weights.map((_, node) => node);
  return { steps: measure(graph, all, new Set(), cycles), cycles };
}

function measure(
  graph: RunGraph,
  nodes: readonly number[],
  cut: ReadonlySet<number>,
  cycles: number[][],
): number {
  const inside = new Set(nodes);
  const next = (node: number): number[] => {
    const counted = cut.has(node) ? undefined : graph.counted.get(node);
    const all = counted ? [...graph.edges[node], counted.to] : graph.edges[node];
    return all.filter((to) => inside.has(to));
  };
  const best = new Map<number, number>();
  let longest = 0;
  for (const part of strongParts(nodes, next)) {
    const within = new Set(part);
    const goesRound = part.length > 1 || next(part[0]).includes(part[0]);
    const steps = goesRound ? around(graph, part, within, cut, cycles) : graph.weights[part[0]];
    let after = 0;
    for (const node of part) {
      for (const to of next(node)) if (!within.has(to)) after = Math.max(after, best.get(to)!);
    }
    for (const node of part) best.set(node, steps + after);
    longest = Math.max(longest, steps + after);
  }
  return longest;
}

function around(
  graph: RunGraph,
  part: readonly number[],
  within: ReadonlySet<number>,
  cut: ReadonlySet<number>,
  cycles: number[][],
): number {
  // Without counted edges there is an order. The last head in it is left for good when its rounds
  // are over: there is no way back to it but by its own counted edge.
  const plain = (node: number) => graph.edges[node].filter((to) => within.has(to));
  const head = strongParts(part, plain).flat().find((node) => {
    const counted = graph.counted.get(node);
    return counted && !cut.has(node) && within.has(counted.to);
  });
  if (head === undefined) {
    cycles.push([...part]);
    return Infinity;
  }
  const once = measure(graph, part, new Set([...cut, head]), cycles);
  return (graph.counted.get(head)!.times + 1) * once;
}

/** Tarjan's strongly connected parts, each after those that it leads to. */
function strongParts(nodes: readonly number[], next: (node: number) => number[]): number[][] {
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const stacked = new Set<number>();
  const parts: number[][] = [];
  const visit = (node: number): void => {
    order.set(node, order.size);
    low.set(node, order.get(node)!);
    stack.push(node);
    stacked.add(node);
    for (const to of next(node)) {
      if (!order.has(to)) {
        visit(to);
        low.set(node, Math.min(low.get(node)!, low.get(to)!));
      } else if (stacked.has(to)) low.set(node, Math.min(low.get(node)!, order.get(to)!));
    }
    if (low.get(node) !== order.get(node)) return;
    const part = stack.splice(stack.lastIndexOf(node));
    for (const it of part) stacked.delete(it);
    parts.push(part);
  };
  for (const node of nodes) if (!order.has(node)) visit(node);
  return parts;
}
