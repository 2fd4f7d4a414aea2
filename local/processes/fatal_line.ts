import { z } from "zod";

const Fatal = z.object({
  event: z.literal("fatal"),
  code: z.string(),
  message: z.string(),
  cause: z.string().optional(),
});

/** Finds what a process gave as its reason to end: its last `{"event":"fatal"}` line. */
export function fatalLine(lines: readonly string[]): string | undefined {
  for (const line of lines.toReversed()) {
    if (!line.startsWith("{")) continue;
    const parsed = Fatal.safeParse(parse(line));
    if (!parsed.success) continue;
    const { message, cause } = parsed.data;
    return cause ? `${message} (${cause})` : message;
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
