import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { JsonValue } from "./json_value.ts";

/**
 * A copy of what a parser made that is JSON and nothing else: objects without a prototype, dates as
 * text, big integers as text. O(values).
 * @throws AntiphonError `document_too_deep`
 */
export function plainValue(value: unknown, depth: number): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  // TOML has infinities and NaN, JSON has not.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object") return null;
  if (depth === 0) throw new AntiphonError("document_too_deep", "Nest fewer levels");
  if (Array.isArray(value)) return value.map((item) => plainValue(item, depth - 1));
  const copy: Record<string, JsonValue> = Object.create(null);
  for (const [key, item] of Object.entries(value)) copy[key] = plainValue(item, depth - 1);
  return copy;
}
