import type { ClusterNotice } from "../cluster_notice/cluster_notice.ts";
import type { ClusterAddress } from "../topology/service_addresses.ts";

/** A look for a cluster's active cell stands for so long, in milliseconds. */
const LOOK_MS = 900;

/**
 * What a client remembers of clusters: who answered last, and the newest epochs. An epoch counts
 * against cells only once a cell has acted under it; notices are hints, and only newer ones count.
 */
export class ClusterMemory {
  readonly #good = new Map<string, { url: string; at: number }>();
  readonly #looks = new Map<string, { at: number; found: boolean }>();
  readonly #acted = new Map<string, number>();
  readonly #notices = new Map<string, { epoch: number; signed: string; url: string }>();

  /** A cluster's addresses, the one that answered last first. */
  order(cluster: ClusterAddress): string[] {
    const good = this.#good.get(cluster.id)?.url;
    if (good === undefined || !cluster.urls.includes(good)) return cluster.urls;
    return [good, ...cluster.urls.filter((url) => url !== good)];
  }

  answered(clusterId: string, url: string, at: number): void {
    this.#good.set(clusterId, { url, at });
  }

  answeredAt(clusterId: string): number | undefined {
    return this.#good.get(clusterId)?.at;
  }

  /** What the last look found if it began a moment ago; else this is a new one. */
  looked(clusterId: string, now: number): boolean | undefined {
    const last = this.#looks.get(clusterId);
    if (last !== undefined && now - last.at < LOOK_MS) return last.found;
    this.#looks.set(clusterId, { at: now, found: false });
    return undefined;
  }

  found(clusterId: string, found: boolean): void {
    const last = this.#looks.get(clusterId);
    if (last !== undefined) last.found = found;
  }

  /** A cell answered under an epoch. False: a later one has acted already. */
  acts(clusterId: string, epoch: number, done: boolean): boolean {
    const known = this.#acted.get(clusterId) ?? 0;
    if (epoch < known) return false;
    if (done) this.#acted.set(clusterId, epoch);
    return true;
  }

  epochOf(clusterId: string): number | undefined {
    return this.#acted.get(clusterId);
  }

  /** Where the newest notice points, if this is it: it need not be verified again. */
  notice(cluster: ClusterAddress, signed: string): string | undefined {
    const known = this.#notices.get(cluster.id);
    return known?.signed === signed && cluster.urls.includes(known.url) ? known.url : undefined;
  }

  /** Epoch of the newest notice; 0 before the first. */
  noticedEpoch(clusterId: string): number {
    return this.#notices.get(clusterId)?.epoch ?? 0;
  }

  noticed({ clusterId, epoch, url }: ClusterNotice, signed: string): void {
    this.#notices.set(clusterId, { epoch, signed, url });
  }
}
