import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import type { TenantRunner } from "../../../regions/tenants/tenant_runner.ts";
import { drawFrom } from "../../../regions/testing/drive_tenant.ts";
import { randomCommand } from "../../../regions/testing/random_command.ts";

/**
 * Submits random commands to one tenant, one after the other, until `until` (performance.now()).
 *
 * @param waits Takes the milliseconds from each submission until it was durable.
 * @returns how many were carried out
 */
export async function keepBusy(
  runner: TenantRunner,
  seed: number,
  until: number,
  waits: number[],
): Promise<number> {
  const draw = { pick: drawFrom(seed), newId: uuidV7(), at: Date.now };
  let done = 0;
  while (performance.now() < until) {
    const from = performance.now();
    try {
      const { events } = await runner.submit(randomCommand(runner.state, draw));
      if (events.length === 0) continue;
      done += 1;
      waits.push(performance.now() - from);
    } catch (error) {
      if (!(error instanceof AntiphonError) || error.code === "database_unavailable") throw error;
    }
  }
  return done;
}
