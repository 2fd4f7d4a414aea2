import { syntaxError } from "./syntax_error.ts";

/** A piece of a template: text between delimiters, or what stands between a pair of them. */
export interface Piece {
  readonly kind: "text" | "print" | "tag";
  /** Where its content begins and ends in the source. */
  readonly start: number;
  readonly end: number;
  /** For `text`: what is left of it when blanks beside `-` are gone. */
  readonly text: string;
}

const CLOSING = { "{{": "}}", "{%": "%}", "{#": "#}" } as const;

/**
 * Cuts a template at `{{ }}`, `{% %}` and `{# #}`, which goes. `{{-` and `-}}` take the blanks beside
 * them; a line break right behind `%}` or `#}` goes too, behind `}}` it stays. What stands between
 * `{% verbatim %}` and `{% endverbatim %}` is text. Throws `expression_syntax`. O(length).
 */
export function scanTemplate(source: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let trimNext = false;
  const pushText = (end: number, trimEnd: boolean) => {
    let text = source.slice(from, end);
    if (trimNext) text = text.trimStart();
    if (trimEnd) text = text.trimEnd();
    if (text) pieces.push({ kind: "text", start: from, end, text });
  };
  const opening = /\{[{%#]-?/g;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    pushText(match.index, match[0].endsWith("-"));
    const open = match[0].slice(0, 2) as keyof typeof CLOSING;
    const start = match.index + match[0].length;
    const close = open === "{#" ? source.indexOf("#}", start) : closingOf(source, start, open);
    if (close < 0) throw syntaxError(`${open} is not closed`, source, match.index);
    trimNext = source[close - 1] === "-" && close > start;
    from = close + 2;
    const end = trimNext ? close - 1 : close;
    if (open === "{{") pieces.push({ kind: "print", start, end, text: "" });
    else from += /^(?:\r\n|\r|\n)?/.exec(source.slice(from, from + 2))![0].length;
    if (open === "{%") {
      if (source.slice(start, end).trim() === "verbatim") {
        const rest = /\{%-?\s{0,64}endverbatim\s{0,64}-?%\}/.exec(source.slice(from));
        if (!rest) throw syntaxError("verbatim is not closed", source, match.index);
        const text = source.slice(from, from + rest.index);
        if (text) pieces.push({ kind: "text", start: from, end: from + rest.index, text });
        from += rest.index + rest[0].length;
        trimNext = rest[0].endsWith("-%}");
      } else pieces.push({ kind: "tag", start, end, text: "" });
    }
    opening.lastIndex = from;
  }
  pushText(source.length, false);
  return pieces;
}

/** Where an expression's closing delimiter begins, outside of texts and of braces; or -1. */
function closingOf(source: string, start: number, open: "{{" | "{%"): number {
  let depth = 0;
  let quote = "";
  for (let i = start; i < source.length; i++) {
    const char = source[i];
    if (quote) {
      if (char === "\\") i++;
      else if (char === quote) quote = "";
    } else if (depth === 0 && source.startsWith(CLOSING[open], i)) return i;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "{") depth++;
    else if (char === "}" && depth > 0) depth--;
  }
  return -1;
}
