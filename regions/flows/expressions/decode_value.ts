import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { VariableType } from "../../../protocol/flow/variable_type.ts";
import { DateValue } from "./date_value.ts";
import { LIMITS } from "./limits.ts";
import { readJson } from "./read_json.ts";
import { readNumber } from "./read_number.ts";
import type { Value } from "./value.ts";

/**
 * Reads a variable's stored text as its type. Blank text is nothing, but for the type `text`, which
 * takes it as it is. A date without an offset is local time in `timeZone`. Throws
 * `expression_failed` when the text does not fit the type, `expression_limit` when it is too long.
 */
export function decodeValue(type: VariableType, text: string, timeZone = "UTC"): Value {
  if (text.length > LIMITS.textLength) {
    throw new AntiphonError(
      "expression_limit",
      `A variable has at most ${LIMITS.textLength} characters`,
    );
  }
  if (type === "text") return text;
  if (text.trim() === "") return null;
  const value = read(type, text, timeZone);
  if (value === undefined) {
    throw new AntiphonError("expression_failed", `A variable of type ${type} holds other text`, {
      data: { reason: "type_mismatch", type },
    });
  }
  return value;
}

function read(type: VariableType, text: string, timeZone: string): Value | undefined {
  if (type === "number") return readNumber(text);
  if (type === "date") return DateValue.parse(text.trim(), timeZone);
  if (type === "json") return readJson(text);
  const word = text.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}
