import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { awaitFact } from "./await_fact.ts";
import type { CellHealth } from "./cell_health.ts";
import type { ClusterPicture } from "./cluster_picture.ts";
import type { DrillReport } from "./drill_report.ts";
import type { Pace } from "./pace.ts";

/** What {@linkcode runDrill} works with. */
export interface DrillParts extends Pace {
  clusterId: string;
  requestedBy: string;
  /** Epoch ms. */
  wallClock: () => number;
  view: () => Promise<ClusterPicture>;
  cellHealth: (site: string) => Promise<CellHealth | null>;
  /** One request as a person's browser sends it, through the edge; null when nobody can. */
  request: (() => Promise<boolean>) | null;
  processes: { kill(name: string): Promise<void>; start(name: string): Promise<void> };
  say: (line: string) => void;
}

/** The other site must have taken over by then, or the drill has found something. */
const TAKE_OVER_MS = 60_000;
/** A standby may have to be seeded anew. */
const REDUNDANCY_MS = 600_000;

/**
 * Kills a cluster's active site (cell, keeper and PostgreSQL), watches the other take over, starts
 * what was killed, and waits until the cluster is redundant again. What was killed is started also
 * when nobody takes over.
 *
 * @throws AntiphonError `conflict` when the cluster is not redundant, so that the drill would be an
 * outage; `deadline_exceeded` when a step does not come
 */
export async function runDrill(parts: DrillParts): Promise<DrillReport> {
  const { clusterId, processes, say, now } = parts;
  const before = await parts.view();
  const to = await partnerOf(before, parts);
  const { site: from, epoch } = before.active!;
  const names = {
    cell: `cell-${clusterId}-${from}`,
    keeper: `keeper-${from}`,
    server: `postgres-${clusterId}-${from}`,
  };
  const killed = [names.keeper, names.cell, names.server];
  say(`${before.summary}. Killing ${killed.join(", ")}`);
  const at = parts.wallClock();
  const begun = now();
  // The keeper first: it must not start its server again. A crash has no order.
  await Promise.all(killed.map((name) => processes.kill(name)));
  const revive = async () => {
    await processes.start(names.keeper);
    await processes.start(names.cell);
  };
  let taken;
  try {
    taken = await watchTakeOver(parts, to, epoch ?? 0, begun);
  } catch (error) {
    await revive();
    throw error;
  }
  say(`Starting what was killed`);
  const revived = now();
  await revive();
  await awaitFact(
    `A standby of ${clusterId} in ${from}`,
    async () => (await parts.view()).health === "redundant",
    REDUNDANCY_MS,
    parts,
  );
  const redundantMs = Math.round(now() - revived);
  say(`${from} has everything that is acknowledged again`);
  const { requestedBy } = parts;
  return {
    ...{ clusterId, at, requestedBy, from, to, killed, epochBefore: epoch ?? 0 },
    ...{ ...taken, redundantMs },
  };
}

/** The site that is to take over; refuses where none could. */
async function partnerOf(picture: ClusterPicture, parts: DrillParts): Promise<string> {
  const { clusterId, active, health, inSync, summary, sites } = picture;
  const other = sites.find(({ site }) => active && site !== active.site)?.site;
  if (health !== "redundant" || !other || !inSync.includes(other)) {
    throw new AntiphonError("conflict", `A drill would be an outage now. ${summary}`);
  }
  const cell = await parts.cellHealth(other);
  if (cell) return other;
  throw new AntiphonError(
    "conflict",
    `A drill would be an outage now: the cell of ${clusterId} in ${other} does not answer`,
  );
}

async function watchTakeOver(parts: DrillParts, to: string, epoch: number, begun: number) {
  const since = () => Math.round(parts.now() - begun);
  const until = async <T>(what: string, look: () => Promise<T | null | undefined | false>) => {
    const seen = await awaitFact(what, look, TAKE_OVER_MS, parts);
    const ms = since();
    parts.say(`${what} after ${ms} ms`);
    return { seen, ms };
  };
  const siteOf = async () => (await parts.view()).sites.find(({ site }) => site === to);
  const { request } = parts;
  const answered = request && until("The edge answers again", request);
  const active = until(`The cell in ${to} is active`, async () => {
    const health = await parts.cellHealth(to);
    return health?.active && (health.epoch ?? 0) > epoch ? health : null;
  });
  // Whoever fails first is told; the others' failures follow from it.
  for (const promise of [answered, active]) promise?.catch(() => {});
  const detected = await until(
    `The lease is with ${to}`,
    async () => (await siteOf())?.holder === to,
  );
  const promoted = await until(`PostgreSQL in ${to} is promoted`, async () => {
    const site = await siteOf();
    return site?.role === "primary" && (site.epoch ?? 0) > epoch ? site.epoch : null;
  });
  return {
    epochAfter: promoted.seen!,
    detectedMs: detected.ms,
    promotedMs: promoted.ms,
    activeMs: (await active).ms,
    answeredMs: (await answered)?.ms ?? null,
  };
}
