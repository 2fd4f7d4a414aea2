/**
 * Starts a child under the folder given as first argument, says its pid, and waits to be killed.
 * @module
 */
import { temporarySupervisor } from "./temporary_supervisor.ts";

const { supervisor, plan } = await temporarySupervisor(Deno.args[0]);
await supervisor.run(plan("orphan", "serve"));
const text = JSON.stringify({ pid: supervisor.statuses[0].pid });
Deno.stdout.writeSync(new TextEncoder().encode(text + "\n"));
