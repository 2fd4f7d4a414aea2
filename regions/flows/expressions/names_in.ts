import type { Node, Part } from "./node.ts";

/** The variables that an expression uses, also where it may never get to. O(nodes). */
export function namesIn(node: Node): Set<string> {
  const names = new Set<string>();
  collect(node, new Set(), names);
  return names;
}

/** The variables that a template uses; what its loops name does not count within them. O(nodes). */
export function namesInParts(parts: readonly Part[]): Set<string> {
  const names = new Set<string>();
  collectParts(parts, new Set(), names);
  return names;
}

function collectParts(
  parts: readonly Part[],
  locals: ReadonlySet<string>,
  names: Set<string>,
): void {
  for (const part of parts) {
    if (part.kind === "print") collect(part.value, locals, names);
    else if (part.kind === "if") {
      for (const { test, body } of part.branches) {
        collect(test, locals, names);
        collectParts(body, locals, names);
      }
      collectParts(part.otherwise, locals, names);
    } else if (part.kind === "for") {
      collect(part.each, locals, names);
      collectParts(part.body, new Set([...locals, part.name, "loop"]), names);
      collectParts(part.otherwise, locals, names);
    }
  }
}

function collect(node: Node, locals: ReadonlySet<string>, names: Set<string>): void {
  if (node.kind === "name" && !locals.has(node.name)) names.add(node.name);
  for (const child of childrenOf(node)) collect(child, locals, names);
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "literal":
    case "name":
      return [];
    case "attribute":
      return [node.of, node.key];
    case "list":
      return node.items;
    case "map":
      return node.entries.flat();
    case "unary":
      return [node.of];
    case "binary":
      return [node.left, node.right];
    case "choice":
      return [node.test, node.yes, node.no];
  }
  const args = node.args.map(({ value }) => value);
  return node.of ? [node.of, ...args] : args;
}
