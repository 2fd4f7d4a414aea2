import type { SealableText } from "../../../services/sealable_text.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { scanTemplate } from "../../expressions/scan_template.ts";

/**
 * Renders templates in which sensitive variables stand as `[[name]]`. While a template is rendered a
 * mark that nobody could have guessed stands for each, so that no text of a contact's is ever taken
 * for one.
 */
export class SealableFields {
  readonly #marks = new Map<string, string>();

  /**
   * @param names Variables that may stand so.
   * @throws FlowFault `variable-sealed` for one that is not sensitive, `service-failed` for one
   * without a value
   */
  constructor(readonly step: FlowStep<unknown>, names: readonly string[]) {
    const { it } = step;
    for (const name of names) {
      if (!it.variableLists.sensitive.includes(name)) {
        throw new FlowFault("variable-sealed", `${name} is not sensitive: write {{ ${name} }}`);
      }
      if (!it.flow.variables[name]) throw new FlowFault("service-failed", `${name} has no value`);
    }
    if (names.length === 0) return;
    const secret = step.t.context.newId();
    for (const name of names) this.#marks.set(name, `\u0001${secret}:${name}\u0001`);
  }

  /** A field's text. @throws FlowFault as `FlowStep.text` */
  text(template: string): SealableText {
    return this.#parts(this.step.text(this.#marked(template)));
  }

  /** A part of an address: what expressions give is escaped, what stands there is not. */
  address(template: string): SealableText {
    const source = this.#marked(template);
    const pieces = this.step.tried(() => scanTemplate(source));
    return this.#parts(
      pieces.map(({ kind, start, end, text }) =>
        kind === "print"
          ? encodeURIComponent(this.step.text(`{{${source.slice(start, end)}}}`))
          : text
      ).join(""),
    );
  }

  #marked(template: string): string {
    let text = template;
    for (const [name, mark] of this.#marks) text = text.replaceAll(`[[${name}]]`, mark);
    return text;
  }

  #parts(text: string): SealableText {
    let parts: (string | { sealed: string })[] = [text];
    for (const [name, mark] of this.#marks) {
      const sealed = { sealed: this.step.it.flow.variables[name] };
      parts = parts.flatMap((part) =>
        typeof part !== "string"
          ? [part]
          : part.split(mark).flatMap((piece, i) => i === 0 ? [piece] : [sealed, piece])
      ).filter((part) => part !== "");
    }
    return parts.every((part) => typeof part === "string") ? parts.join("") : parts;
  }
}

/** One after the other. */
export function joined(texts: readonly SealableText[]): SealableText {
  const parts = texts.flatMap((text) => text);
  return parts.every((part) => typeof part === "string") ? parts.join("") : parts;
}
