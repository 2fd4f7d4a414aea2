import { recoveryServer } from "../../recovery/recovery_server.ts";
import { measureDurable } from "./measure_durable.ts";
import { measureSteps } from "./measure_steps.ts";
import { measureWaiting } from "./measure_waiting.ts";

/**
 * Flows: steps in memory beside an equal machine in XState; digit to prompt through PostgreSQL;
 * what ten thousand instances that wait cost, and how soon they are there again after a kill.
 */
export async function flows() {
  const memory = measureSteps();
  await using server = await recoveryServer();
  return {
    memory,
    durable: await measureDurable(server.url),
    waiting: await measureWaiting(server.url),
  };
}
