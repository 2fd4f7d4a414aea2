/**
 * Starts a server in the data folder of its arguments, says so, and waits to be killed.
 * @module
 */
import { dirname, join } from "node:path";
import { temporarySupervisor } from "../../processes/testing/temporary_supervisor.ts";
import type { EmbeddedServer } from "../embedded_server.ts";
import { serverPlan } from "../server_plan.ts";

const server: EmbeddedServer = JSON.parse(Deno.args[0]);
const { supervisor } = await temporarySupervisor(join(dirname(server.dataFolder), "owner"));
await supervisor.run(serverPlan(server));
Deno.stdout.writeSync(new TextEncoder().encode("started\n"));
