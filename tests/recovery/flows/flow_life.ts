/**
 * One life of a cell's core with flows that wait, to be killed at any moment: the real runner,
 * committer, log and timers on the PostgreSQL of its order.
 * @module
 */
import { createHash } from "node:crypto";
import process from "node:process";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { openCellDatabase } from "../../../regions/database/open_cell_database.ts";
import { canonicalJson } from "../../../regions/tenants/snapshot/canonical_json.ts";
import type { TenantRunner } from "../../../regions/tenants/tenant_runner.ts";
import { tenantsOn } from "../../../regions/testing/tenants_on.ts";
import { readLines } from "../../../local/processes/read_lines.ts";
import { FlowLifeOrder, type FlowLifeReport, type Instance } from "./flow_life_report.ts";
import { NUMBERS, type Waiting, waitingFlows } from "./waiting_flows.ts";

/** Callers who come at once. */
const AT_ONCE = 500;
const encoder = new TextEncoder();
const newId = uuidV7();

function tell(report: FlowLifeReport): void {
  const bytes = encoder.encode(`${JSON.stringify(report)}\n`);
  for (let from = 0; from < bytes.length;) from += Deno.stdout.writeSync(bytes.subarray(from));
}

/** Tells where each instance stands. */
function tellInstances(runner: TenantRunner): void {
  for (const { id, flow } of runner.state.interactions.values()) {
    const instance: Instance = {
      ...{ id, flowId: flow.flowId, activityId: flow.activityId, step: flow.step },
      deadline: flow.deadline,
      digest: createHash("sha256").update(canonicalJson(flow)).digest("base64url"),
    };
    tell({ type: "instance", instance });
  }
}

async function call(runner: TenantRunner, kind: Waiting, n: number): Promise<void> {
  const callId = newId();
  // deno-lint-ignore no-explicit-any
  const told = (event: any) => runner.submit({ type: "call-event", popId: "FRA", callId, event });
  await told({
    ...{ type: "call.offered", legId: newId(), trunkId: newId(), transport: "sip-udp" },
    ...{ from: `+4930${100_000 + n}`, to: NUMBERS[kind] },
  });
  await told({ type: "call.answered", codec: "PCMU" });
}

async function fill(runner: TenantRunner, counts: Record<Waiting, number>): Promise<void> {
  const kinds = (["soon", "long", "digits"] as const)
    .flatMap((kind) => Array.from({ length: counts[kind] }, () => kind));
  for (let from = 0; from < kinds.length; from += AT_ONCE) {
    const some = kinds.slice(from, from + AT_ONCE);
    await Promise.all(some.map((kind, i) => call(runner, kind, from + i)));
  }
}

async function answer(runner: TenantRunner): Promise<void> {
  const asked = [...runner.state.interactions.values()].filter((it) =>
    it.flow.activityId === "ask"
  );
  await Promise.all(asked.map((it) =>
    runner.submit({
      ...{ type: "call-event", popId: "FRA", callId: it.id },
      event: {
        ...{ type: "call.collected", commandId: `${it.id}:flow:${it.flow.step}` },
        ...{ digits: "4711", sealed: null, outcome: "complete" },
      },
    })
  ));
}

async function open({ url, tenantId, soon }: Extract<FlowLifeOrder, { do: "open" }>) {
  const from = performance.now();
  const database = await openCellDatabase(url);
  const cells = tenantsOn(database, {
    log: createLogger({ service: "flow-life", level: "warn" }),
    committed: (unit) => {
      for (const event of unit.events) {
        const passes = event.type === "flow.entered" && event.activityId === "after";
        if (passes && unit.traces[0]?.waited > 0) {
          tell({ type: "passed", id: event.interactionId, at: unit.at });
        }
      }
    },
  });
  const known = await database.db.selectFrom("cell.configurations").select("tenant_id")
    .where("tenant_id", "=", tenantId).executeTakeFirst();
  if (!known) await cells.configure(tenantId, waitingFlows(soon));
  const runner = (await cells.registry.get(tenantId))!;
  const ms = performance.now() - from;
  tellInstances(runner);
  tell({ type: "ready", ms });
  return runner;
}

tell({ type: "loaded" });
let runner: TenantRunner | undefined;
for await (const line of readLines(Deno.stdin.readable)) {
  const order = FlowLifeOrder.parse(JSON.parse(line));
  if (order.do === "open") runner = await open(order);
  if (order.do === "fill") {
    await fill(runner!, order);
    tellInstances(runner!);
    tell({ type: "filled" });
  }
  if (order.do === "answer") {
    await answer(runner!);
    tellInstances(runner!);
    tell({ type: "answered" });
  }
  if (order.do === "idle") {
    const before = process.cpuUsage();
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, order.ms));
    const { user, system } = process.cpuUsage(before);
    const ms = performance.now() - from;
    tell({ type: "idle", ms, processorMs: (user + system) / 1000 });
  }
}
Deno.exit(0);
