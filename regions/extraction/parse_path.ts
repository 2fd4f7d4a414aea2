import parse from "jsonpath-rfc9535/parser";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** A path as it was read (RFC 9535). */
export type Path = ReturnType<typeof parse>;
export type Segment = Path["segments"][number];

/** The longest path, in characters. */
export const PATH_CHARACTERS = 256;
/** Functions that are known; `match` and `search` would let a pattern keep the cell busy. */
const FUNCTIONS: ReadonlySet<string> = new Set(["length", "count", "value"]);

/**
 * Reads a JSONPath expression (RFC 9535), without its functions `match` and `search`.
 * @throws AntiphonError `path_invalid`
 */
export function parsePath(text: string): Path {
  if (text.length > PATH_CHARACTERS) {
    throw new AntiphonError("path_invalid", `Write at most ${PATH_CHARACTERS} characters`);
  }
  let path: Path;
  try {
    path = parse(text);
  } catch (cause) {
    throw new AntiphonError("path_invalid", `It is no path: ${(cause as Error).message}`);
  }
  for (const name of functionsOf(path)) {
    if (!FUNCTIONS.has(name)) {
      throw new AntiphonError("path_invalid", `There is no function ${name}()`);
    }
  }
  return path;
}

/** Whether a path finds one value at most (RFC 9535 section 2.3.5.1). */
export function isSingular(path: Path): boolean {
  return path.segments.every(({ type, node }) =>
    type === "ChildSegment" && (node.type === "MemberNameShorthand" ||
      (node.type === "BracketedSelection" && node.selectors.length === 1 &&
        /^(Name|Index)Selector$/.test(node.selectors[0].type)))
  );
}

function* functionsOf(node: unknown): Generator<string> {
  if (node === null || typeof node !== "object") return;
  const { type, name } = node as { type?: unknown; name?: unknown };
  if (type === "FunctionExpr" && typeof name === "string") yield name;
  for (const inner of Object.values(node)) yield* functionsOf(inner);
}
