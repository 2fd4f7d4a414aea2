import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { type CellDatabase, openCellDatabase } from "../../regions/database/open_cell_database.ts";
import { drawFrom } from "../../regions/testing/drive_tenant.ts";
import { tenantsOn } from "../../regions/testing/tenants_on.ts";
import { percentile } from "../bench/percentile.ts";
import { Ledger } from "./ledger.ts";
import { LifeProcess } from "./life_process.ts";
import type { LifeOrder } from "./life_report.ts";
import { recoveryServer } from "./recovery_server.ts";

/** How long and how hard a {@linkcode runRecovery} is. */
export interface RecoveryOptions {
  kills: number;
  seed: number;
  /** Every so many kills it is PostgreSQL that is killed. */
  postgresEvery: number;
  say: (line: string) => void;
}

const TENANTS = 4;
const DRIVERS = 8;
const LONGEST_LIFE_MS = 300;

/**
 * Kills the core of a cell, or its PostgreSQL, with SIGKILL at random moments under load, starts it
 * again each time, and compares what was acknowledged with what the log has.
 * @throws Error naming what was lost, doubled or contradicted
 */
export async function runRecovery({ kills, seed, postgresEvery, say }: RecoveryOptions) {
  const from = performance.now();
  await using server = await recoveryServer();
  const newId = uuidV7();
  const tenantIds = Array.from({ length: TENANTS }, () => newId());
  await withDatabase(server.url, async (database) => {
    const cells = tenantsOn(database);
    for (const id of tenantIds) await cells.configure(id);
    await cells.close();
  });
  const ledger = new Ledger(tenantIds);
  const pick = drawFrom(seed);
  const hear = ledger.hear.bind(ledger);
  const ready: number[] = [];
  const order = (graceful: boolean): LifeOrder => ({
    url: server.url,
    tenantIds,
    seed: seed + pick(1_000_000),
    snapshotEvery: 400,
    drivers: DRIVERS,
    repeats: ledger.takeRepeats(),
    graceful,
  });
  let postgresKills = 0;
  let next = new LifeProcess(hear);
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const life = next;
      next = new LifeProcess(hear);
      const begun = performance.now();
      await life.begin(order(false));
      ready.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, pick(LONGEST_LIFE_MS)));
      if (kill % postgresEvery === 0) {
        postgresKills += 1;
        await server.kill();
        const code = await life.ended();
        if (code !== 75) {
          const said = life.said.join("\n");
          throw new Error(`Without its database a life ended with ${code}, not 75: ${said}`);
        }
        await server.start();
      } else await life.kill();
      await withDatabase(server.url, (database) => ledger.compare(database));
      if (kill % 25 === 0) say(`${kill} kills, ${ledger.totals.events} events acknowledged`);
    }
    await next.begin(order(true));
    const code = await next.ended();
    if (code !== 0) throw new Error(`The last life ended with ${code}: ${next.said.join("\n")}`);
  } finally {
    await next.kill();
  }
  await withDatabase(server.url, async (database) => {
    await ledger.compare(database);
    await ledger.compareWhole(database);
  });
  return {
    kills,
    ofPostgres: postgresKills,
    tenants: TENANTS,
    inFlight: TENANTS * DRIVERS,
    acknowledged: ledger.totals,
    lost: 0,
    doubled: 0,
    readyMs: { p50: Math.round(percentile(ready, 50)), p99: Math.round(percentile(ready, 99)) },
    seconds: Math.round((performance.now() - from) / 1000),
  };
}

async function withDatabase(
  url: string,
  work: (database: CellDatabase) => Promise<void>,
): Promise<void> {
  const database = await openCellDatabase(url);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
