import { cutText } from "./cut_text.ts";
import { TRACE_LIMITS } from "./trace_limits.ts";

/** What a step set as a trace keeps it: long values cut, and no more than there is room for. */
export function boundOutput(output: Readonly<Record<string, string>>): Record<string, string> {
  const bounded: Record<string, string> = {};
  let room: number = TRACE_LIMITS.output;
  for (const [name, value] of Object.entries(output)) {
    const kept = cutText(value, Math.min(TRACE_LIMITS.value, Math.max(room, 32)));
    room -= name.length + kept.length;
    if (room < 0) {
      bounded["…"] = `(${Object.keys(output).length} variables)`;
      break;
    }
    bounded[name] = kept;
  }
  return bounded;
}
