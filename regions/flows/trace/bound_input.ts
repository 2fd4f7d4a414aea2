import { cutText } from "./cut_text.ts";
import { TRACE_LIMITS } from "./trace_limits.ts";

/** What a step asked for as a trace keeps it: as it is, or the beginning of its JSON. */
export function boundInput(input: unknown, json: string | undefined): unknown {
  if (json === undefined) return null;
  return json.length <= TRACE_LIMITS.input ? input : { cut: cutText(json, TRACE_LIMITS.input) };
}
