import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { openCellDatabase } from "../../../regions/database/open_cell_database.ts";
import type { StoredEffect } from "../../../regions/log/commit_unit.ts";
import type { TenantRunner } from "../../../regions/tenants/tenant_runner.ts";
import { tenantsOn } from "../../../regions/testing/tenants_on.ts";
import { percentile } from "../percentile.ts";
import { singleRows } from "../durable/single_rows.ts";
import { arrives, hears, types } from "./round_events.ts";
import { roundFlow, STEPS_OF_ROUND } from "./round_flow.ts";

const TENANTS = 10;
const TURN_MS = 4_000;

/**
 * The time from a digit received to the next prompt's command on its way to the PoP, through the
 * real runners, group commit and PostgreSQL, with few and many callers at once; beside the rate of
 * single-row transactions of the same PostgreSQL.
 */
export async function measureDurable(url: string) {
  const asked = new Map<string, () => void>();
  const deliver = (effects: readonly StoredEffect[]) => {
    for (const { effect } of effects) {
      if (effect.to !== "pop" || effect.command.type !== "play") continue;
      asked.get(effect.callId)?.();
    }
    return Promise.resolve();
  };
  const database = await openCellDatabase(url);
  const cells = tenantsOn(database, { deliver });
  const newId = uuidV7();
  const runners: TenantRunner[] = [];
  for (let i = 0; i < TENANTS; i++) {
    const tenantId = newId();
    await cells.configure(tenantId, roundFlow());
    runners.push((await cells.registry.get(tenantId))!);
  }
  const rows = {
    connections1: await singleRows(url, 1, 2_000),
    connections8: await singleRows(url, 8, 2_000),
  };
  const turns: unknown[] = [];
  for (const callers of [10, 200]) {
    const waits: number[] = [];
    const from = performance.now();
    const rounds = await Promise.all(
      Array.from({ length: callers }, async (_, n) => {
        const runner = runners[n % TENANTS];
        const callId = newId();
        for (const command of arrives(callId, newId)) await runner.submit(command);
        let count = 0;
        for (; performance.now() - from < TURN_MS; count++) {
          const { flow } = runner.state.interactions.get(callId)!;
          const start = performance.now();
          const { promise, resolve } = Promise.withResolvers<void>();
          asked.set(callId, resolve);
          await Promise.all([runner.submit(types(callId, flow.step, "1")), promise]);
          waits.push(performance.now() - start);
          await runner.submit(hears(callId, flow.step));
        }
        await runner.submit({
          ...{ type: "call-event", popId: "FRA", callId },
          event: { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null },
        });
        return count;
      }),
    );
    const seconds = (performance.now() - from) / 1000;
    const all = rounds.reduce((sum, n) => sum + n, 0);
    const stepsPerSecond = Math.round(all * STEPS_OF_ROUND / seconds);
    const tenth = (value: number) => Math.round(value * 10) / 10;
    turns.push({
      callersAtOnce: callers,
      stepsPerSecond,
      ratioToSingleRows: {
        connections1: tenth(stepsPerSecond / rows.connections1),
        connections8: tenth(stepsPerSecond / rows.connections8),
      },
      digitToPromptMs: { p50: tenth(percentile(waits, 50)), p99: tenth(percentile(waits, 99)) },
    });
  }
  await cells.close();
  await database.close();
  return {
    tenants: TENANTS,
    singleRowsPerSecond: {
      connections1: Math.round(rows.connections1),
      connections8: Math.round(rows.connections8),
    },
    turns,
  };
}
