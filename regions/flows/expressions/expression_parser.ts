import * as library from "jsep";
import { LIMITS } from "./limits.ts";
import { OPERATORS } from "./operators.ts";

/** What the library makes: nodes of ESTree, here with their place in the source. */
export interface RawNode {
  readonly type: string;
  at?: number;
  [member: string]: unknown;
}

/** What is used of the library's parser; its own declarations leave the class out. */
interface LibraryParser {
  expr: string;
  index: number;
  readonly code: number;
  readonly char: string;
  gobbleSpaces(): void;
  gobbleExpression(): RawNode | undefined;
  gobbleToken(): RawNode | false | undefined;
  gobbleTokenProperty(node: RawNode): RawNode;
  throwError(message: string): never;
}
interface LibraryClass {
  new (expr: string): LibraryParser;
  removeAllUnaryOps(): void;
  removeAllBinaryOps(): void;
  removeAllLiterals(): void;
  addUnaryOp(name: string): void;
  addBinaryOp(name: string, precedence: number): void;
  addLiteral(name: string, value: unknown): void;
  removeIdentifierChar(char: string): void;
  this_str: string;
}

const Library = (library as unknown as { Jsep: LibraryClass }).Jsep;
Library.removeAllUnaryOps();
Library.removeAllBinaryOps();
Library.removeAllLiterals();
for (const name of ["not", "-", "+"]) Library.addUnaryOp(name);
for (const [name, precedence] of Object.entries(OPERATORS)) Library.addBinaryOp(name, precedence);
const LITERALS = { true: true, false: false, null: null, none: null };
for (const [name, value] of Object.entries(LITERALS)) {
  Library.addLiteral(name, value);
  Library.addLiteral(name.toUpperCase(), value);
}
Library.removeIdentifierChar("$");
Library.this_str = "";

const [COMMA, COLON, OPEN_BRACE, CLOSE_BRACE, CLOSE_PAREN] = [44, 58, 123, 125, 41];

/**
 * The library's parser with Pebble's operators, maps, places of nodes, a bound on nesting, and
 * without what the library lets pass: several expressions in one, missing commas, empty brackets.
 */
export class ExpressionParser extends Library {
  #nesting = 0;

  /** Parses the whole text as one expression. Throws the library's errors, with `index`. */
  parse(): RawNode {
    const node = this.#required();
    if (this.index < this.expr.length) this.throwError(`Unexpected "${this.char}"`);
    return node;
  }

  override gobbleExpression(): RawNode | undefined {
    this.gobbleSpaces();
    const at = this.index;
    return this.#within(() => placed(super.gobbleExpression(), at));
  }

  override gobbleToken(): RawNode | undefined {
    this.gobbleSpaces();
    const at = this.index;
    return this.#within(() => {
      if (this.code !== OPEN_BRACE) return placed(super.gobbleToken(), at);
      return placed(this.gobbleTokenProperty(this.#map()), at);
    });
  }

  /** Called by the library at an opening bracket. */
  gobbleGroup(): RawNode {
    this.index++;
    const node = this.#required();
    this.#expect(CLOSE_PAREN);
    return { ...node, bracketed: true };
  }

  /** Called by the library behind the opening bracket of arguments and of lists. */
  gobbleArguments(end: number): RawNode[] {
    const items: RawNode[] = [];
    this.gobbleSpaces();
    while (this.code !== end) {
      if (items.length > 0) this.#expect(COMMA);
      items.push(this.#required());
      this.gobbleSpaces();
    }
    this.index++;
    return items;
  }

  #map(): RawNode {
    const entries: [RawNode, RawNode][] = [];
    this.index++;
    this.gobbleSpaces();
    while (this.code !== CLOSE_BRACE) {
      if (entries.length > 0) this.#expect(COMMA);
      const key = this.#required();
      this.#expect(COLON);
      entries.push([key, this.#required()]);
      this.gobbleSpaces();
    }
    this.index++;
    return { type: "Map", entries };
  }

  #required(): RawNode {
    const node = this.gobbleExpression();
    if (!node) {
      this.throwError(this.char ? `Unexpected "${this.char}"` : "The expression ends too early");
    }
    return node;
  }

  #expect(code: number): void {
    this.gobbleSpaces();
    if (this.code !== code) {
      this.throwError(
        `Expected "${String.fromCharCode(code)}"` + (this.char ? ` before "${this.char}"` : ""),
      );
    }
    this.index++;
  }

  #within<T>(parse: () => T): T {
    if (++this.#nesting > LIMITS.nesting * 2) {
      this.throwError("The expression is nested too deeply");
    }
    const node = parse();
    this.#nesting--;
    return node;
  }
}

function placed(node: RawNode | false | undefined, at: number): RawNode | undefined {
  if (node) node.at ??= at;
  return node || undefined;
}
