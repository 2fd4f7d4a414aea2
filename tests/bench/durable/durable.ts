import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { openCellDatabase } from "../../../regions/database/open_cell_database.ts";
import { tenantsOn } from "../../../regions/testing/tenants_on.ts";
import { recoveryServer } from "../../recovery/recovery_server.ts";
import { percentile } from "../percentile.ts";
import { keepBusy } from "./keep_busy.ts";
import { measureLog } from "./measure_log.ts";
import { singleRows } from "./single_rows.ts";

const TENANTS = 50;
const IN_FLIGHT = 8;
const ROUNDS = 3;
const ROUND_MS = 3_000;

/**
 * Durable events a second through the real runners and committer, next to the rate at which the
 * same PostgreSQL takes single-row transactions, in turns; then how fast the log is read again.
 */
export async function durable() {
  await using server = await recoveryServer();
  const database = await openCellDatabase(server.url);
  let durableEvents = 0;
  const cells = tenantsOn(database, { committed: (unit) => durableEvents += unit.events.length });
  const newId = uuidV7();
  const tenantIds = Array.from({ length: TENANTS }, () => newId());
  for (const id of tenantIds) await cells.configure(id);
  const runners = await Promise.all(tenantIds.map((id) => cells.registry.get(id)));
  const rates = { events: [] as number[], commands: [] as number[] };
  const plain = { one: [] as number[], eight: [] as number[] };
  const waits: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    plain.one.push(await singleRows(server.url, 1, ROUND_MS));
    plain.eight.push(await singleRows(server.url, 8, ROUND_MS));
    durableEvents = 0;
    const from = performance.now();
    const done = await Promise.all(
      runners.flatMap((runner, i) =>
        Array.from(
          { length: IN_FLIGHT },
          (_, n) => keepBusy(runner!, round * 1_000_000 + i * 100 + n, from + ROUND_MS, waits),
        )
      ),
    );
    const seconds = (performance.now() - from) / 1000;
    rates.events.push(durableEvents / seconds);
    rates.commands.push(done.reduce((sum, n) => sum + n, 0) / seconds);
  }
  await cells.close();
  const log = await measureLog(database, tenantIds);
  await database.close();
  const [events, one, eight] = [rates.events, plain.one, plain.eight].map(median);
  return {
    tenants: TENANTS,
    commandsInFlight: TENANTS * IN_FLIGHT,
    eventsPerSecond: events,
    commandsPerSecond: median(rates.commands),
    commandMs: { p50: tenth(percentile(waits, 50)), p99: tenth(percentile(waits, 99)) },
    singleRowsPerSecond: { connections1: one, connections8: eight },
    ratioToSingleRows: { connections1: tenth(events / one), connections8: tenth(events / eight) },
    ...log,
  };
}

function median(values: readonly number[]): number {
  return Math.round(percentile(values, 50));
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
