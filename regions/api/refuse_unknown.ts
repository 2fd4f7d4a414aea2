import type { FieldProblem } from "../../protocol/errors/problem.ts";
import { fieldsInvalid } from "../configuration/fields_invalid.ts";

/**
 * Refuses what a schema passed over in silence: a misspelt list of a document would delete all that
 * should stand in it.
 *
 * @param sent JSON as it came.
 * @param read The same as its schema read it.
 * @throws AntiphonError `invalid_request` naming each unknown field
 */
export function refuseUnknown(sent: unknown, read: unknown): void {
  const problems: FieldProblem[] = [];
  compare(sent, read, "", problems);
  if (problems.length > 0) throw fieldsInvalid(problems);
}

function compare(sent: unknown, read: unknown, path: string, problems: FieldProblem[]): void {
  if (!isComposite(sent) || !isComposite(read)) return;
  for (const [key, value] of Object.entries(sent)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (Object.hasOwn(read, key)) {
      compare(value, (read as Record<string, unknown>)[key], at, problems);
    } else {
      problems.push({ path: at, code: "field_unknown", message: "There is no such field" });
    }
  }
}

function isComposite(value: unknown): value is object {
  return value !== null && typeof value === "object";
}
