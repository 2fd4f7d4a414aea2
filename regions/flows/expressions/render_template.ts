import { storableText } from "../../../protocol/text/storable_text.ts";
import { compiledTemplate } from "./compiled.ts";
import { evaluateNode } from "./evaluate_node.ts";
import { failed } from "./failed.ts";
import { isTrue } from "./is_true.ts";
import { isList, isMap, kindOf, kindWords } from "./kind.ts";
import { LIMITS } from "./limits.ts";
import type { Part } from "./node.ts";
import { over, Run } from "./run.ts";
import type { Scope } from "./scope.ts";
import type { Value, ValueList } from "./value.ts";

/**
 * Renders a template: text with `{{ expression }}`, `{% if %}` and `{% for %}`. What a variable holds
 * is never itself read as a template. The text can be stored: no NUL, no half characters. Pure: the same source and scope always give the same. Throws
 * AntiphonError `expression_syntax`, `expression_failed`, `expression_limit` (steps, or over 16 KiB
 * of UTF-8) or `variable_sealed`. O(steps + output).
 */
export function renderTemplate(source: string, scope: Scope): string {
  const { tree, names } = compiledTemplate(source);
  const run = new Run(scope);
  run.checkSealed(names);
  const output = new Output();
  render(tree, run, output);
  return output.finish();
}

/** Collects text up to the limit. */
class Output {
  #text = "";

  add(text: string): void {
    this.#text += text;
    if (this.#text.length > LIMITS.outputBytes) throw tooMuch();
  }

  finish(): string {
    const text = storableText(this.#text);
    if (text.length * 3 > LIMITS.outputBytes) {
      if (new TextEncoder().encode(text).length > LIMITS.outputBytes) throw tooMuch();
    }
    return text;
  }
}

function tooMuch() {
  return over(`A template renders at most ${LIMITS.outputBytes} bytes`);
}

function render(parts: readonly Part[], run: Run, output: Output): void {
  for (const part of parts) {
    run.step();
    if (part.kind === "text") output.add(part.text);
    else if (part.kind === "print") output.add(run.print(evaluateNode(part.value, run)));
    else if (part.kind === "if") {
      const holds = part.branches.find(({ test }) => isTrue(evaluateNode(test, run)));
      render(holds?.body ?? part.otherwise, run, output);
    } else renderLoop(part, run, output);
  }
}

function renderLoop(part: Part & { kind: "for" }, run: Run, output: Output): void {
  const items = itemsOf(evaluateNode(part.each, run), run);
  if (items.length === 0) return render(part.otherwise, run, output);
  const outer = run.locals.length;
  for (const [index, value] of items.entries()) {
    run.step();
    const { length } = items;
    const revindex = length - index - 1;
    const loop = { index, length, first: index === 0, last: revindex === 0, revindex };
    run.locals.push({ name: "loop", value: loop }, { name: part.name, value });
    render(part.body, run, output);
    run.locals.length = outer;
  }
}

/** A list's items; a map's entries, each with `key` and `value`. */
function itemsOf(value: Value, run: Run): ValueList {
  if (value === null) return [];
  if (isList(value)) return value;
  if (!isMap(value)) {
    throw failed(
      `for goes through lists and maps, not ${kindWords(kindOf(value))}`,
      "type_mismatch",
    );
  }
  const entries = Object.entries(value);
  run.work(entries.length);
  return entries.map(([key, value]) => ({ key, value }));
}
