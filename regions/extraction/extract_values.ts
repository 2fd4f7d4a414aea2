import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { convertValue } from "./convert_value.ts";
import type { JsonValue } from "./json_value.ts";
import type { Output } from "./output.ts";
import { isSingular, parsePath } from "./parse_path.ts";
import { selectNodes } from "./select_nodes.ts";

/**
 * Takes outputs out of a document: variables with their values. Of several found the first counts,
 * except for JSON, which gets them all as a list if its path can find several. Null is nothing,
 * except for JSON. A variable that is not required and not found is left out.
 * @throws AntiphonError `value_missing`, `value_invalid` and whatever the path comes to, each with
 * the variable's name
 */
export function extractValues(
  document: JsonValue,
  outputs: readonly Output[],
): Map<string, string> {
  const values = new Map<string, string>();
  for (const { variable, path, type, required } of outputs) {
    try {
      const parsed = parsePath(path);
      const found = selectNodes(document, parsed);
      const value = type === "json" && !isSingular(parsed) ? found : found[0];
      if (value === undefined || (value === null && type !== "json")) {
        if (required) throw new AntiphonError("value_missing", "The path finds nothing");
        continue;
      }
      values.set(variable, convertValue(value, type));
    } catch (error) {
      if (!(error instanceof AntiphonError)) throw error;
      const message = `${variable}: ${error.message}`;
      throw new AntiphonError(error.code, message, { data: { variable } });
    }
  }
  return values;
}
