import { posix } from "node:path";
import type { SourceFile } from "./source_file.ts";
import type { Violation } from "./violation.ts";

/**
 * Finds files that import each other in a circle; imports of types count too. A dynamic import
 * counts, a worker's URL does not: it is a module graph of its own.
 */
export function checkCycles(files: readonly SourceFile[]): Violation[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const next = (path: string) =>
    known.get(path)!.imports
      .filter((it) => it.kind !== "url" && it.specifier.startsWith("."))
      .map((it) => posix.join(posix.dirname(path), it.specifier))
      .filter((target) => known.has(target));
  return components([...known.keys()].sort(), next)
    .filter((members) => members.length > 1 || next(members[0]).includes(members[0]))
    .map((members) => {
      const circle = shortestCircle(members, next);
      return {
        rule: "cycle" as const,
        path: circle[0],
        line: 1,
        message: `imports itself in a circle: ${[...circle, circle[0]].join(" → ")}`,
      };
    });
}

/** Strongly connected components (Tarjan), without recursion: import chains can be long. */
function components(nodes: readonly string[], next: (node: string) => string[]): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    open.push(node);
    isOpen.add(node);
    return { node, targets: next(node) };
  };
  for (const root of nodes) {
    if (index.has(root)) continue;
    const stack = [enter(root)];
    while (stack.length > 0) {
      const { node, targets } = stack[stack.length - 1];
      const target = targets.pop();
      if (target === undefined) {
        stack.pop();
        const parent = stack.at(-1)?.node;
        if (parent) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
        if (low.get(node) === index.get(node)) found.push(close(node, open, isOpen));
      } else if (!index.has(target)) {
        stack.push(enter(target));
      } else if (isOpen.has(target)) {
        low.set(node, Math.min(low.get(node)!, index.get(target)!));
      }
    }
  }
  return found;
}

function close(root: string, open: string[], isOpen: Set<string>): string[] {
  const members = open.splice(open.indexOf(root));
  for (const member of members) isOpen.delete(member);
  return members;
}

/** The shortest way from the first member back to itself: easier to mend than the whole knot. */
function shortestCircle(members: readonly string[], next: (node: string) => string[]): string[] {
  const inside = new Set(members);
  const start = [...members].sort()[0];
  const queue: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of queue) {
    for (const target of next(way[way.length - 1])) {
      if (target === start) return way;
      if (!inside.has(target) || seen.has(target)) continue;
      seen.add(target);
      queue.push([...way, target]);
    }
  }
  return [...members];
}
