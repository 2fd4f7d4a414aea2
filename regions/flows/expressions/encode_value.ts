import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { DateValue } from "./date_value.ts";
import { Kind, kindOf, kindWords } from "./kind.ts";
import { LIMITS } from "./limits.ts";
import { toText } from "./to_text.ts";
import type { Value } from "./value.ts";

/**
 * A value as the stored text of a variable; nothing is "". Text takes any value as it prints, JSON
 * takes any value; the others take their own kind only, but a date also takes ISO 8601 text with an
 * offset. Throws `expression_failed` for another kind, `expression_limit` for text that is too long.
 */
export function encodeValue(type: VariableType, value: Value): string {
  if (value === null) return "";
  const text = write(type, value);
  if (text === undefined) {
    const given = kindWords(kindOf(value));
    throw new AntiphonError(
      "expression_failed",
      `A variable of type ${type} cannot hold ${given}; convert it with a filter`,
      { data: { reason: "type_mismatch", type } },
    );
  }
  if (text.length > LIMITS.textLength) {
    throw new AntiphonError(
      "expression_limit",
      `A variable has at most ${LIMITS.textLength} characters`,
    );
  }
  return text;
}

function write(type: VariableType, value: Value): string | undefined {
  if (type === "text") return toText(value);
  if (type === "json") return JSON.stringify(value);
  if (type === "date" && typeof value === "string") {
    return DateValue.parse(value, "UTC")?.toString();
  }
  return kindOf(value) === Kind[type] ? String(value) : undefined;
}
