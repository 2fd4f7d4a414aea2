import type { Directory } from "../configuration/directory.ts";
import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Softphone } from "../../protocol/pop_link/pop_frame.ts";
import {
  CellLink,
  type CellLinkOptions,
  type LinkCommand,
  type LinkCommandResult,
} from "./cell_link.ts";

/** What all links share, and what they ask with their cluster's id. */
export interface CellLinksOptions extends
  Omit<
    CellLinkOptions,
    "clusterId" | "urls" | "liveCalls" | "softphones" | "onCommand"
  > {
  liveCalls: (clusterId: string) => { tenantId: string; callId: string }[];
  softphones: (clusterId: string) => Softphone[];
  onCommand: (clusterId: string, command: LinkCommand) => LinkCommandResult;
}

/** One {@linkcode CellLink} for each cluster that runs tenants of this PoP. */
export class CellLinks {
  readonly #options: CellLinksOptions;
  readonly #links = new Map<string, CellLink>();
  readonly #urls = new Map<string, readonly string[]>();

  constructor(options: CellLinksOptions) {
    this.#options = options;
  }

  /** Opens links to new clusters and closes those that have no tenant, call or event left. */
  update(directory: Directory): void {
    for (const { id, urls } of directory.configuration.clusters) {
      this.#urls.set(id, urls);
      this.#links.get(id)?.relocate(urls);
    }
    const wanted = new Set(directory.clustersWithTenants().map((cluster) => cluster.id));
    for (const id of wanted) if (!this.#links.has(id)) this.#open(id);
    for (const [id, link] of this.#links) {
      const idle = link.pending === 0 && this.#options.liveCalls(id).length === 0;
      if (wanted.has(id) || !idle) continue;
      this.#links.delete(id);
      link.stop().catch((error) => this.#options.log.error("link.stop_failed", { id, error }));
    }
  }

  /** Sends an event to a cluster, now or when it is there again. */
  publish(clusterId: string, placed: PlacedCallEvent): void {
    (this.#links.get(clusterId) ?? this.#open(clusterId)).publish(placed);
  }

  /** Tells each cluster which softphones came and went. */
  syncSoftphones(): void {
    for (const link of this.#links.values()) link.syncSoftphones();
  }

  /** Where a cluster's cell may be asked, the one that is followed first. */
  urls(clusterId: string): readonly string[] {
    const urls = this.#urls.get(clusterId) ?? [];
    const followed = this.#links.get(clusterId)?.followed ?? null;
    if (followed === null) return urls;
    return [followed, ...urls.filter((url) => new URL(url).origin !== followed)];
  }

  /** The clusters and whether their cell is reached. */
  states(): Record<string, boolean> {
    return Object.fromEntries([...this.#links].map(([id, link]) => [id, link.up]));
  }

  /** Events that no cell has acknowledged yet. */
  get pending(): number {
    return [...this.#links.values()].reduce((sum, link) => sum + link.pending, 0);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.stop()));
  }

  #open(clusterId: string): CellLink {
    const { liveCalls, softphones, onCommand, ...shared } = this.#options;
    const link = new CellLink({
      ...shared,
      clusterId,
      urls: this.#urls.get(clusterId) ?? [],
      liveCalls: () => liveCalls(clusterId),
      softphones: () => softphones(clusterId),
      onCommand: (command) => onCommand(clusterId, command),
    });
    this.#links.set(clusterId, link);
    link.start();
    return link;
  }
}
