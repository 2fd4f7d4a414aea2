import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { JsonValue } from "./json_value.ts";
import type { OutputType } from "./output.ts";

/** The longest value of a variable, in characters. */
export const VALUE_CHARACTERS = 4096;

const NUMBER = /^-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?$/;
/** Dates with a time and an offset, dates with a time, and dates (RFC 3339; UTC without offset). */
const DATE =
  /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A found value as a variable of a type holds it: numbers as JSON writes them, "true" or "false",
 * dates as ISO 8601 in UTC, JSON as compact text.
 * @throws AntiphonError `value_invalid`, which does not tell the value
 */
export function convertValue(value: JsonValue, type: OutputType): string {
  const text = converted(value, type);
  if (text === undefined) throw invalid(`It is no ${type}`);
  if (text.length > VALUE_CHARACTERS) throw invalid(`Longer than ${VALUE_CHARACTERS} characters`);
  // Lone surrogates and NUL cannot be stored.
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

function converted(value: JsonValue, type: OutputType): string | undefined {
  if (type === "json") return JSON.stringify(value);
  if (value !== null && typeof value === "object") return undefined;
  const text = String(value).trim();
  switch (type) {
    case "text":
      return String(value);
    case "number":
      if (typeof value === "number") return JSON.stringify(value);
      return NUMBER.test(text) && Number.isFinite(Number(text)) ? String(Number(text)) : undefined;
    case "boolean":
      return text === "true" || text === "false" ? text : undefined;
    case "date": {
      if (typeof value !== "string" || !DATE.test(text)) return undefined;
      const hasZone = text.length === 10 || /(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
      const at = Date.parse(text.replace(" ", "T").toUpperCase() + (hasZone ? "" : "Z"));
      return Number.isNaN(at) ? undefined : new Date(at).toISOString();
    }
  }
}

function invalid(message: string): AntiphonError {
  return new AntiphonError("value_invalid", message);
}
