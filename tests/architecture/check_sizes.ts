import type { SourceFile } from "./source_file.ts";
import type { Violation } from "./violation.ts";

const MAX_LINES = 500;
/** How a first comment gives the reason for a long file. */
const REASON = /\b(long|length|lines|one file|table|generated)\b/i;

/** Finds files that are too long and do not say why in their first comment. */
export function checkSizes(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => file.lines > MAX_LINES && !REASON.test(file.firstComment))
    .map((file) => ({
      rule: "size",
      path: file.path,
      line: 1,
      message:
        `has ${file.lines} lines, more than ${MAX_LINES}: split it, or give the reason for ` +
        "its length in its first comment",
    }));
}
