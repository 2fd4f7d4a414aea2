import { LIMITS } from "./limits.ts";
import type { Part } from "./node.ts";
import { parseExpression, tooLong } from "./parse_expression.ts";
import { type Piece, scanTemplate } from "./scan_template.ts";
import { syntaxError } from "./syntax_error.ts";

/**
 * Parses a template: text with `{{ expression }}`, `{% if %}`, `{% for %}` and `{# comments #}`.
 * Throws `expression_syntax` with line and column, `expression_limit` over 4096 characters.
 * O(length).
 */
export function parseTemplate(source: string): readonly Part[] {
  if (source.length > LIMITS.sourceLength) throw tooLong();
  return new TemplateParser(source).parse();
}

type Tag = { word: string; start: number; end: number };

class TemplateParser {
  readonly #pieces: Piece[];
  #next = 0;
  #depth = 0;

  constructor(readonly source: string) {
    this.#pieces = scanTemplate(source);
  }

  parse(): readonly Part[] {
    const { parts, tag } = this.#until([]);
    if (tag) throw this.#unexpected(tag);
    return parts;
  }

  /** Reads parts up to one of these tags, or to the end of the source. */
  #until(ends: readonly string[]): { parts: Part[]; tag?: Tag } {
    const parts: Part[] = [];
    while (this.#next < this.#pieces.length) {
      const piece = this.#pieces[this.#next++];
      if (piece.kind === "text") parts.push({ kind: "text", text: piece.text });
      else if (piece.kind === "print") {
        parts.push({ kind: "print", value: parseExpression(this.source, piece.start, piece.end) });
      } else {
        const tag = this.#tag(piece);
        if (ends.includes(tag.word)) return { parts, tag };
        parts.push(this.#block(tag));
      }
    }
    return { parts };
  }

  #block(tag: Tag): Part {
    if (++this.#depth > LIMITS.blocks) {
      throw syntaxError("Tags are nested too deeply", this.source, tag.start);
    }
    const block = tag.word === "if"
      ? this.#if(tag)
      : tag.word === "for"
      ? this.#for(tag)
      : undefined;
    if (!block) throw this.#unexpected(tag);
    this.#depth--;
    return block;
  }

  #if(opening: Tag): Part {
    const branches = [];
    let tag: Tag | undefined = opening;
    while (tag && tag.word !== "else" && tag.word !== "endif") {
      const test = parseExpression(this.source, tag.start, tag.end);
      const read = this.#until(["elseif", "else", "endif"]);
      branches.push({ test, body: read.parts });
      tag = read.tag;
    }
    const otherwise = this.#otherwise(opening, tag, "endif");
    return { kind: "if", branches, otherwise };
  }

  #for(opening: Tag): Part {
    const head = /^\s*([A-Za-z_][A-Za-z0-9_]{0,62})\s+in(?=[\s("'[{])/.exec(
      this.source.slice(opening.start, opening.end),
    );
    if (!head) throw syntaxError("Write {% for item in list %}", this.source, opening.start);
    const each = parseExpression(this.source, opening.start + head[0].length, opening.end);
    const { parts, tag } = this.#until(["else", "endfor"]);
    const otherwise = this.#otherwise(opening, tag, "endfor");
    return { kind: "for", name: head[1], each, body: parts, otherwise };
  }

  /** The parts of `else`, if there is one, up to the block's end. */
  #otherwise(opening: Tag, tag: Tag | undefined, end: string): Part[] {
    const open = syntaxError(`${opening.word} is not closed by ${end}`, this.source, opening.start);
    if (!tag) throw open;
    this.#nothingMore(tag);
    if (tag.word === end) return [];
    const { parts, tag: closing } = this.#until([end]);
    if (!closing) throw open;
    this.#nothingMore(closing);
    return parts;
  }

  #tag(piece: Piece): Tag {
    const head = /^\s*([a-z]{0,32})(?![A-Za-z0-9_])/.exec(
      this.source.slice(piece.start, piece.end),
    );
    if (!head || !head[1]) throw syntaxError("A tag begins with a word", this.source, piece.start);
    return { word: head[1], start: piece.start + head[0].length, end: piece.end };
  }

  #nothingMore(tag: Tag): void {
    if (this.source.slice(tag.start, tag.end).trim() === "") return;
    throw syntaxError(`Nothing may follow ${tag.word}`, this.source, tag.start);
  }

  #unexpected({ word, start }: Tag) {
    const known = /^(?:else|elseif|endif|endfor|if|for)$/.test(word);
    const message = known
      ? `${word} does not belong here`
      : `There is no tag ${word}; use if or for`;
    return syntaxError(message, this.source, start - word.length);
  }
}
