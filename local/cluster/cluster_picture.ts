import type { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";

/** A site of a cluster as an operator sees it. */
export interface SitePicture {
  site: string;
  /** "unreachable": its keeper does not answer. */
  role: KeeperStatus["role"] | "unreachable";
  /** Whether the cluster is active here: its server is the primary and it holds the lease. */
  active: boolean;
  epoch: number | null;
  position: string | null;
  /** Who has the lease as this site knows, and its number; null where nobody answers. */
  holder: string | null;
  term: number | null;
  /** How long its lease stands, in milliseconds; null when it has none. */
  leaseMs: number | null;
  freeBytes: number | null;
  problem: string | null;
}

/**
 * How a cluster stands as a whole: `redundant`, a region may be lost at any moment; `degraded`, it
 * works, but the loss of the active region would stop it or lose the newest work; `moving`, nobody
 * is active, but somebody may become so; `down`, no keeper answers.
 */
export type ClusterHealth = "redundant" | "degraded" | "moving" | "down";

/** A cluster as an operator sees it. */
export interface ClusterPicture {
  clusterId: string;
  health: ClusterHealth;
  /** One sentence. */
  summary: string;
  active: { site: string; epoch: number | null; term: number } | null;
  sites: SitePicture[];
  inSync: string[];
  replication: KeeperStatus["replication"];
  degraded: KeeperStatus["degraded"];
}

/** Puts together what the keepers of a cluster's sites said; null for one that did not answer. */
export function clusterPicture(
  clusterId: string,
  answers: readonly { site: string; status: KeeperStatus | null }[],
): ClusterPicture {
  const known = answers.flatMap(({ status }) => status ?? []);
  // Should two say so, as an old one may in its last moments, the later term is right.
  const active = known.filter((it) => it.role === "primary" && it.lease.held)
    .sort((a, b) => b.lease.term - a.lease.term)[0];
  const parts = {
    clusterId,
    active: active && { site: active.site, epoch: active.epoch, term: active.lease.term },
    sites: answers.map(({ site, status }) => sitePicture(site, status, status === active)),
    inSync: active?.inSync ?? [],
    replication: active?.replication ?? null,
    degraded: active?.degraded ?? null,
  };
  const health = healthOf(parts.sites, active);
  return {
    ...parts,
    active: parts.active ?? null,
    health,
    summary: summaryOf(clusterId, health, active, parts.sites),
  };
}

function sitePicture(site: string, status: KeeperStatus | null, active: boolean): SitePicture {
  if (status === null) {
    return {
      ...{ site, role: "unreachable", active: false, epoch: null, position: null },
      ...{
        holder: null,
        term: null,
        leaseMs: null,
        freeBytes: null,
        problem: "Its keeper does not answer",
      },
    };
  }
  const { role, epoch, position, lease, disk, problem } = status;
  return {
    ...{ site, role, active, epoch, position, problem },
    ...{ holder: lease.holder, term: lease.term },
    leaseMs: lease.held ? lease.validMs : null,
    freeBytes: disk?.freeBytes ?? null,
  };
}

function healthOf(
  sites: readonly SitePicture[],
  active: KeeperStatus | undefined,
): ClusterHealth {
  if (!active) return sites.some(({ role }) => role !== "unreachable") ? "moving" : "down";
  const redundant = active.degraded === null && active.replication?.sync === true;
  return redundant ? "redundant" : "degraded";
}

function summaryOf(
  clusterId: string,
  health: ClusterHealth,
  active: KeeperStatus | undefined,
  sites: readonly SitePicture[],
): string {
  if (!active) {
    if (health === "down") return `No keeper of ${clusterId} answers`;
    const roles = sites.map(({ site, role }) => `${site} is ${role}`).join(", ");
    return `Nobody is active for ${clusterId} now: ${roles}`;
  }
  const { replication, degraded } = active;
  const where = `${clusterId} is active in ${active.site}`;
  if (health === "redundant") {
    return `${where}; ${replication!.standby} has everything that is acknowledged`;
  }
  const alone = replication ? standbyInWords(replication) : "there is no standby";
  const reason = degraded ? degraded.reason : "commits do not wait for it";
  return `${where} alone: ${alone}; ${reason}`;
}

function standbyInWords({ standby, state }: NonNullable<KeeperStatus["replication"]>): string {
  switch (state) {
    case "away":
      return `${standby} is away`;
    case "seeding":
      return `${standby} is being seeded`;
    case "catching-up":
      return `${standby} is catching up`;
    case "streaming":
      return `${standby} streams`;
  }
}
