/** A token of TypeScript as far as imports and exports need it. */
export interface Token {
  kind: "word" | "string" | "mark";
  /** A string's value, without quotes and escapes. */
  text: string;
  /** From 1. */
  line: number;
}

/** After these words a slash begins a regular expression. */
const BEFORE_REGEX = new Set(
  "return typeof case in of delete void throw new do else await yield instanceof".split(" "),
);

/**
 * Splits TypeScript into words, strings and single marks. Comments, the text of templates and
 * regular expressions are left out; what stands in a template's `${}` is kept.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  /** Depth of braces at which each open template goes on. */
  const templates: number[] = [];
  let depth = 0;
  let line = 1;
  let i = 0;
  const push = (kind: Token["kind"], text: string) => tokens.push({ kind, text, line });
  const advance = (to: number) => {
    for (; i < to; i++) if (source[i] === "\n") line++;
  };
  const template = () => {
    while (i < source.length && source[i] !== "`") {
      if (source.startsWith("${", i)) {
        templates.push(depth++);
        return advance(i + 2);
      }
      advance(i + (source[i] === "\\" ? 2 : 1));
    }
    advance(i + 1);
  };
  while (i < source.length) {
    const rest = source.slice(i, i + 2);
    const char = source[i];
    if (/\s/.test(char)) advance(i + 1);
    else if (rest === "//") advance(end(source, "\n", i));
    else if (rest === "/*") advance(end(source, "*/", i + 2) + 2);
    else if (char === "`") {
      advance(i + 1);
      template();
      push("mark", "`");
    } else if (char === '"' || char === "'") {
      const close = closing(source, i, char);
      push("string", source.slice(i + 1, close).replace(/\\(.)/g, "$1"));
      advance(close + 1);
    } else if (/[\w$]/.test(char)) {
      const word = /^[\w$]+/.exec(source.slice(i, i + 256))![0];
      push("word", word);
      advance(i + word.length);
    } else if (char === "/" && beginsRegex(tokens.at(-1))) {
      push("mark", "/");
      advance(endOfRegex(source, i));
    } else if (char === "}" && templates.at(-1) === depth - 1) {
      depth = templates.pop()!;
      advance(i + 1);
      template();
      push("mark", "`");
    } else {
      if (char === "{") depth++;
      if (char === "}") depth--;
      push("mark", char);
      advance(i + 1);
    }
  }
  return tokens;
}

function beginsRegex(before: Token | undefined): boolean {
  if (!before) return true;
  if (before.kind === "word") return BEFORE_REGEX.has(before.text);
  return before.kind === "mark" && !")]}`".includes(before.text);
}

function endOfRegex(source: string, from: number): number {
  let inClass = false;
  for (let i = from + 1; i < source.length && source[i] !== "\n"; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "[") inClass = true;
    else if (source[i] === "]") inClass = false;
    else if (source[i] === "/" && !inClass) return i + 1;
  }
  // It was a division after all.
  return from + 1;
}

function closing(source: string, from: number, quote: string): number {
  let i = from + 1;
  while (i < source.length && source[i] !== quote) i += source[i] === "\\" ? 2 : 1;
  return i;
}

function end(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at;
}
