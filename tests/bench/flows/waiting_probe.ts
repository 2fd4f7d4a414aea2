/**
 * Prints how many bytes of heap a caller who waits in a flow takes. Runs with
 * `--v8-flags=--expose-gc`.
 * @module
 */
import { FlowCenter } from "./flow_center.ts";

const collect = (globalThis as unknown as { gc: () => void }).gc;
const CALLERS = 10_000;

function heap(): number {
  for (let i = 0; i < 4; i++) collect();
  return Deno.memoryUsage().heapUsed;
}

const center = new FlowCenter();
center.arrive();
const empty = heap();
for (let i = 0; i < CALLERS; i++) center.arrive();
const bytes = Math.round((heap() - empty) / CALLERS);
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ bytesPerInstance: bytes })));
// The state must still be there when the last measurement is taken.
if (center.state.interactions.size !== CALLERS + 1) Deno.exit(1);
