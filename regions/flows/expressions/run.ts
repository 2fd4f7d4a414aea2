import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { DateValue } from "./date_value.ts";
import { decodeValue } from "./decode_value.ts";
import { isList } from "./kind.ts";
import { LIMITS } from "./limits.ts";
import type { Scope } from "./scope.ts";
import { toText } from "./to_text.ts";
import type { Value } from "./value.ts";

/** One evaluation: its scope, what loops have named, and what it has cost so far. */
export class Run {
  #steps = 0;
  readonly #read = new Map<string, Value>();
  /** Names that loops around have given, the innermost last. */
  readonly locals: { readonly name: string; readonly value: Value }[] = [];

  constructor(readonly scope: Scope) {}

  /** Throws `variable_sealed` if one of these names is a variable whose value is ciphertext. */
  checkSealed(names: ReadonlySet<string>): void {
    if (this.scope.sealed.size === 0) return;
    for (const name of names) if (this.scope.sealed.has(name)) throw sealedError(name);
  }

  /** Counts steps; throws `expression_limit` when there were too many. */
  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > LIMITS.steps) throw over(`An evaluation takes at most ${LIMITS.steps} steps`);
  }

  /** Counts the work on so many characters or items. */
  work(size: number): void {
    this.step(1 + Math.floor(size / 64));
  }

  /** Hands on a text that is not too long, and counts it; else `expression_limit`. */
  text(text: string): string {
    this.checkLength(text.length);
    this.work(text.length);
    return text;
  }

  /** A value as it prints, measured before it is made; counts its size. */
  print(value: Value): string {
    return this.text(toText(this.measured(value)));
  }

  /** Throws `expression_limit` for a text of so many characters; ask before making it. */
  checkLength(length: number): void {
    if (length > LIMITS.textLength) {
      throw over(`A text has at most ${LIMITS.textLength} characters`);
    }
  }

  /** Throws `expression_limit` for a list of so many items; counts them. */
  checkItems(count: number): void {
    if (count > LIMITS.items) throw over(`A list made here has at most ${LIMITS.items} items`);
    this.work(count);
  }

  /** Hands on a value whose JSON is not too long; else `expression_limit`. */
  measured(value: Value): Value {
    if (typeof value === "object") this.checkLength(this.#sizeOf(value, 0));
    return value;
  }

  /** At least the characters of a value's JSON, added to `size`; stops above the limit. */
  #sizeOf(value: Value, size: number): number {
    if (typeof value === "string") return size + value.length + 2;
    if (value === null || typeof value !== "object" || value instanceof DateValue) return size + 1;
    for (const [key, member] of Object.entries(value)) {
      size = this.#sizeOf(member, size + (isList(value) ? 1 : key.length + 4));
      if (size > LIMITS.textLength) break;
    }
    return size + 2;
  }

  /** A name's value: a loop's, or a variable's read by its type; nothing if there is none. */
  valueOf(name: string): Value {
    const local = this.locals.findLast((it) => it.name === name);
    if (local) return local.value;
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const { variables, types, timeZone } = this.scope;
    if (!Object.hasOwn(variables, name)) return null;
    const type = Object.hasOwn(types, name) ? types[name] : "text";
    const value = decodeValue(type, variables[name], timeZone);
    if (type === "json") this.work(variables[name].length);
    this.#read.set(name, value);
    return value;
  }
}

/** The error of an expression that uses a variable whose value is ciphertext. */
function sealedError(name: string): AntiphonError {
  return new AntiphonError("variable_sealed", `${name} is sealed and cannot be used here`, {
    data: { variable: name },
  });
}

/** The error of an evaluation that costs too much. */
export function over(message: string): AntiphonError {
  return new AntiphonError("expression_limit", message);
}
