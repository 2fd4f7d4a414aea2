import type { CommitUnit } from "../../log/commit_unit.ts";

/** Tells those who follow an interaction's trace that there is more of it, once it is durable. */
export class TraceFeeds {
  readonly #followers = new Map<string, Set<() => void>>();
  readonly #ofTenant = new Map<string, number>();

  /** How many follow traces of a tenant. */
  count(tenantId: string): number {
    return this.#ofTenant.get(tenantId) ?? 0;
  }

  /** Calls `more` after every commit that adds to the trace or ends the interaction. O(1). */
  follow(tenantId: string, interactionId: string, more: () => void): () => void {
    const key = `${tenantId} ${interactionId}`;
    const followers = this.#followers.get(key) ?? new Set();
    this.#followers.set(key, followers.add(more));
    this.#ofTenant.set(tenantId, this.count(tenantId) + 1);
    return () => {
      if (!followers.delete(more)) return;
      if (followers.size === 0) this.#followers.delete(key);
      const left = this.count(tenantId) - 1;
      if (left > 0) this.#ofTenant.set(tenantId, left);
      else this.#ofTenant.delete(tenantId);
    };
  }

  /** A unit is durable. O(1) while nobody follows anything of its tenant. */
  committed(unit: CommitUnit): void {
    if (!this.#ofTenant.has(unit.tenantId)) return;
    const ids = new Set(unit.traces.map((item) => item.interactionId));
    for (const record of unit.ended) ids.add(record.id);
    for (const id of ids) {
      for (const more of this.#followers.get(`${unit.tenantId} ${id}`) ?? []) more();
    }
  }
}
