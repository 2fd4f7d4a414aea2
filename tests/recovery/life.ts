/**
 * One life of a cell's core, to be killed at any moment: the real runners, committer and log on the
 * PostgreSQL of its order, under a load of random commands. What is durable is told at once.
 * @module
 */
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { watchDriver } from "../../regions/database/watch_driver.ts";
import { openCellDatabase } from "../../regions/database/open_cell_database.ts";
import { tidyLog } from "../../regions/log/tidy_log.ts";
import type { TenantCommand } from "../../regions/tenants/tenant_command.ts";
import type { TenantRunner } from "../../regions/tenants/tenant_runner.ts";
import { drawFrom } from "../../regions/testing/drive_tenant.ts";
import { randomCommand } from "../../regions/testing/random_command.ts";
import { tenantsOn } from "../../regions/testing/tenants_on.ts";
import { readLines } from "../../local/processes/read_lines.ts";
import { digestOf, LifeOrder, type LifeReport } from "./life_report.ts";

const encoder = new TextEncoder();

/** Written at once and whole: what was told before a kill has been told. */
function tell(report: LifeReport): void {
  const bytes = encoder.encode(`${JSON.stringify(report)}\n`);
  for (let from = 0; from < bytes.length;) from += Deno.stdout.writeSync(bytes.subarray(from));
}

/** Submits a command; a refusal is an answer too. Ends the process when the log is lost. */
async function submit(runner: TenantRunner, id: string, command: TenantCommand): Promise<void> {
  try {
    await runner.submitOnce(id, command);
  } catch (error) {
    const known = error instanceof AntiphonError;
    if (!known || ["database_unavailable", "stale_epoch"].includes(error.code)) throw error;
  }
}

async function drive(runner: TenantRunner, seed: number): Promise<never> {
  const draw = { pick: drawFrom(seed), newId: uuidV7(), at: Date.now };
  const { tenantId } = runner.ports;
  for (;;) {
    const command = randomCommand(runner.state, draw);
    const id = draw.newId();
    tell({ type: "sent", tenantId, id, command });
    await submit(runner, id, command);
  }
}

tell({ type: "loaded" });
const first = await readLines(Deno.stdin.readable).next();
if (first.done) Deno.exit(0);
const order = LifeOrder.parse(JSON.parse(first.value));
const log = createLogger({ service: "life", level: "warn" });
watchDriver(globalThis, () => Deno.exit(75));
const database = await openCellDatabase(order.url);
const cells = tenantsOn(database, {
  log,
  snapshotEvery: order.snapshotEvery,
  committed: (unit) =>
    tell({
      type: "acknowledged",
      tenantId: unit.tenantId,
      id: unit.commandId ?? null,
      firstSeq: unit.firstSeq,
      events: unit.events.map(digestOf),
      effects: unit.effects.length,
    }),
  deliver: async (effects) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    tell({ type: "delivered", ids: effects.map((stored) => stored.id) });
  },
});
// As a cell does: without the database, or with another owner of its log, it ends with 75.
Promise.race([database.lost, cells.lost]).then(() => Deno.exit(75));
const runners = new Map<string, TenantRunner>();
for (const id of order.tenantIds) runners.set(id, (await cells.registry.get(id))!);
tell({ type: "ready" });
try {
  const repeats = order.repeats.map(async ({ tenantId, id, command }) => {
    await submit(runners.get(tenantId)!, id, command as TenantCommand);
    tell({ type: "repeated", id });
  });
  if (order.graceful) {
    await Promise.all(repeats);
    await cells.close();
    await cells.committer.idle();
    await database.close();
    Deno.exit(0);
  }
  const tidying = tidyLog(
    {
      ...{
        db: database.db,
        log,
        counters: cells.counters,
        now: Date.now,
        logDays: 3650,
        traceDays: 7,
      },
      timer: (ms, run) => setTimeout(run, ms),
    },
    new AbortController().signal,
  );
  const drivers = [...runners.values()].flatMap((runner, i) =>
    Array.from({ length: order.drivers }, (_, n) => drive(runner, order.seed + i * 1000 + n))
  );
  await Promise.all([...repeats, ...drivers, tidying]);
} catch (error) {
  // The database has gone away under a command: its loss ends the process.
  log.warn("life.interrupted", { error });
  await Promise.race([database.lost, cells.lost]);
  await new Promise(() => {});
}
