import type { Import, SourceFile } from "./source_file.ts";
import { type Token, tokenize } from "./tokenize.ts";

/** Words between `export` and the name. */
const DECLARATORS = new Set(
  "async abstract declare function class const let var enum type interface namespace".split(" "),
);

/** Reads which files a TypeScript file leads to and which names it exports. */
export function readSource(path: string, text: string): SourceFile {
  const tokens = tokenize(text);
  const imports: Import[] = [];
  const exports: string[] = [];
  tokens.forEach((token, i) => {
    if (token.kind !== "word" || tokens[i - 1]?.text === ".") return;
    const found = token.text === "import"
      ? importAt(tokens, i)
      : token.text === "export"
      ? exportAt(tokens, i, exports)
      : token.text === "URL"
      ? urlAt(tokens, i)
      : undefined;
    if (found) imports.push({ ...found, line: token.line });
  });
  return {
    path,
    imports,
    exports,
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    firstComment: /^(?:#!.*\n)?\s*(\/\*[\s\S]*?\*\/|(?:\/\/.*\n?)+)/.exec(text)?.[1] ?? "",
  };
}

type Found = Pick<Import, "specifier" | "kind">;

function importAt(tokens: readonly Token[], i: number): Found | undefined {
  const next = tokens[i + 1];
  if (!next || next.text === "." || next.text === ":") return undefined;
  if (next.kind === "string") return { specifier: next.text, kind: "static" };
  if (next.text === "(") {
    const argument = tokens[i + 2];
    return argument?.kind === "string" ? { specifier: argument.text, kind: "dynamic" } : undefined;
  }
  return fromAfter(tokens, i + 1);
}

/** Notes the names and finds what is re-exported. */
function exportAt(tokens: readonly Token[], i: number, names: string[]): Found | undefined {
  let at = i + 1;
  if (tokens[at]?.text === "default") {
    names.push("default");
    at++;
  }
  const declared = tokens[at]?.text;
  if (declared === "*" || declared === "{" || (declared === "type" && isList(tokens[at + 1]))) {
    names.push(...listed(tokens, at));
    return fromAfter(tokens, at);
  }
  const first = at;
  while (DECLARATORS.has(tokens[at]?.text) || tokens[at]?.text === "*") at++;
  if (at > first && tokens[at]?.kind === "word") names.push(tokens[at].text);
  return undefined;
}

function isList(token: Token | undefined): boolean {
  return token?.text === "{" || token?.text === "*";
}

/** Names in `{ a, b as c }`: the outer ones. */
function listed(tokens: readonly Token[], from: number): string[] {
  const names: string[] = [];
  for (let i = from; i < tokens.length && tokens[i].text !== "}"; i++) {
    if (tokens[i].kind !== "word" || tokens[i].text === "as" || tokens[i].text === "from") continue;
    if (tokens[i].text === "type" && tokens[i + 1]?.kind === "word") continue;
    if (tokens[i + 1]?.text === "as") continue;
    if (tokens[i].kind === "word" && i > from) names.push(tokens[i].text);
    if (tokens[i + 1]?.kind === "string") break;
  }
  return names;
}

/** The string after the next `from`, within the same statement. */
function fromAfter(tokens: readonly Token[], from: number): Found | undefined {
  for (let i = from; i < tokens.length && tokens[i].text !== ";"; i++) {
    if (tokens[i].text === "from" && tokens[i + 1]?.kind === "string") {
      return { specifier: tokens[i + 1].text, kind: "static" };
    }
    // A list that closes without `from` exports local names.
    if (tokens[i].text === "}" && tokens[i + 1]?.text !== "from") return undefined;
  }
  return undefined;
}

function urlAt(tokens: readonly Token[], i: number): Found | undefined {
  const [open, path, ...rest] = tokens.slice(i + 1, i + 7);
  const ofModule = rest.map((token) => token.text).join("").startsWith(",import.meta");
  if (open?.text !== "(" || path?.kind !== "string" || !ofModule) return undefined;
  return /\.[cm]?[jt]sx?$/.test(path.text) ? { specifier: path.text, kind: "url" } : undefined;
}
