/**
 * Asks cells every 50 ms whether they are active, from the site where it runs, and prints what they
 * say: `{"cell","askedAt","at","active","epoch"}` a line, times of the machine's monotonic clock.
 * Arguments: `cell=url` each.
 * @module
 */
import { monotonicMs } from "../clock/monotonic_ms.ts";

const EVERY_MS = 50;
const ANSWER_MS = 3_000;
/** Questions that may wait for an answer at once: a frozen cell answers when it thaws. */
const MOST_OPEN = 80;

const cells = Deno.args.map((arg) => {
  const at = arg.indexOf("=");
  return { cell: arg.slice(0, at), url: arg.slice(at + 1), open: 0 };
});
const encoder = new TextEncoder();

async function ask(watched: typeof cells[number]): Promise<void> {
  watched.open += 1;
  const askedAt = monotonicMs();
  try {
    const response = await fetch(`${watched.url}/health`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { active, epoch } = await response.json();
    const told = { cell: watched.cell, askedAt, at: monotonicMs(), active: active === true, epoch };
    Deno.stdout.writeSync(encoder.encode(JSON.stringify({ ...told, epoch: epoch ?? null }) + "\n"));
  } catch {
    // No answer says nothing about who is active.
  } finally {
    watched.open -= 1;
  }
}

Deno.stdout.writeSync(encoder.encode('{"ready":true}\n'));
setInterval(() => {
  for (const watched of cells) if (watched.open < MOST_OPEN) void ask(watched);
}, EVERY_MS);
