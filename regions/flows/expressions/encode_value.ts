import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { storableText } from "../../../protocol/text/storable_text.ts";
import { DateValue } from "./date_value.ts";
import { Kind, kindOf, kindWords } from "./kind.ts";
import { LIMITS } from "./limits.ts";
import { toText } from "./to_text.ts";
import type { Value } from "./value.ts";

/**
 * A value as the stored text of a variable; nothing is "". Text takes any value as it prints, without
 * NUL and half characters, which no database holds. JSON takes any value. The others take their own
 * kind only, but a date also takes ISO 8601 text, local time in `timeZone` if it has no offset.
 * Throws `expression_failed` for another kind, `expression_limit` for text that is too long.
 */
export function encodeValue(type: VariableType, value: Value, timeZone = "UTC"): string {
  if (value === null) return "";
  const text = write(type, value, timeZone);
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

function write(type: VariableType, value: Value, timeZone: string): string | undefined {
  if (type === "text") return storableText(toText(value));
  if (type === "json") return JSON.stringify(value);
  if (type === "date" && typeof value === "string") {
    return DateValue.parse(value.trim(), timeZone)?.toString();
  }
  return kindOf(value) === Kind[type] ? String(value) : undefined;
}
