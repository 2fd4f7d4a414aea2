/**
 * Prints how many bytes of heap a waiting contact and an agent take, indices included. Runs with
 * `--v8-flags=--expose-gc`.
 * @module
 */
import { ContactCenter } from "./contact_center.ts";

const collect = (globalThis as unknown as { gc: () => void }).gc;
const AGENTS = 10_000;
const CONTACTS = 20_000;

function heap(): number {
  for (let i = 0; i < 4; i++) collect();
  return Deno.memoryUsage().heapUsed;
}

const center = new ContactCenter({ agents: AGENTS, requirements: 3, questions: 4 });
const empty = heap();
for (let n = 0; n < AGENTS; n++) center.signIn(n);
const withAgents = heap();
for (let i = 0; i < CONTACTS; i++) center.send(center.arrival());
const withContacts = heap();
const figures = {
  bytesPerAgent: Math.round((withAgents - empty) / AGENTS),
  bytesPerWaitingContact: Math.round((withContacts - withAgents) / CONTACTS),
};
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(figures)));
// The state must still be there when the last measurement is taken.
if (center.state.interactions.size !== CONTACTS) Deno.exit(1);
