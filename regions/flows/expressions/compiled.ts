import { LIMITS } from "./limits.ts";
import { LruCache } from "./lru_cache.ts";
import { namesIn, namesInParts } from "./names_in.ts";
import type { Node, Part } from "./node.ts";
import { parseExpression, tooLong } from "./parse_expression.ts";
import { parseTemplate } from "./parse_template.ts";

/** A parsed source and the variables it uses. */
export interface Compiled<T> {
  readonly tree: T;
  readonly names: ReadonlySet<string>;
}

const templates = new LruCache<Compiled<readonly Part[]>>(1024, 262_144);
const expressions = new LruCache<Compiled<Node>>(1024, 262_144);

/** A template, parsed once as long as it stays among the last used. O(1), else O(length). */
export function compiledTemplate(source: string): Compiled<readonly Part[]> {
  if (source.length > LIMITS.sourceLength) throw tooLong();
  return templates.get(source, () => {
    const tree = parseTemplate(source);
    return { tree, names: namesInParts(tree) };
  });
}

/**
 * An expression, bare or as `{{ expression }}`, parsed once as long as it stays among the last used.
 * O(1), else O(length).
 */
export function compiledExpression(source: string): Compiled<Node> {
  if (source.length > LIMITS.sourceLength) throw tooLong();
  return expressions.get(source, () => {
    const end = source.trimEnd().length - 2;
    const start = source.length - source.trimStart().length + 2;
    const isWrapped = start <= end && source.slice(start - 2, start) === "{{" &&
      source.slice(end, end + 2) === "}}";
    const tree = isWrapped ? parseExpression(source, start, end) : parseExpression(source);
    return { tree, names: namesIn(tree) };
  });
}
