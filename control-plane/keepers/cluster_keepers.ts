import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import { SwitchOver, type SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";
import type { DeployedCluster, KeeperAddress } from "../../protocol/topology/deployment.ts";
import type { SiteReport } from "./cluster_status.ts";
import type { KeeperClient } from "./keeper_client.ts";

/** Time for a question, and for a switch-over, which one keeper may pass on to another. */
const ASK_MS = 2_500;
const MOVE_MS = 6_000;

/** What was had of each site, and the sites that gave nothing. */
export interface Collected<T> {
  items: T[];
  missing: string[];
}

/** The keepers of one cluster's data sites, asked together. */
export class ClusterKeepers {
  readonly #keepers: readonly KeeperAddress[];

  /** @throws AntiphonError `state_not_allowed` for a cluster that no keepers are known of */
  constructor(readonly client: KeeperClient, readonly cluster: DeployedCluster) {
    const { homeRegion, standbyRegion, keepers = [] } = cluster;
    this.#keepers = keepers.filter(({ site }) => site === homeRegion || site === standbyRegion);
    if (this.#keepers.length > 0) return;
    throw new AntiphonError("state_not_allowed", "No keepers of this cluster are deployed", {
      data: { clusterId: cluster.id },
    });
  }

  /** How each site stands. */
  reports(): Promise<SiteReport[]> {
    return Promise.all(this.#keepers.map(async (keeper): Promise<SiteReport> => {
      const { site } = keeper;
      try {
        return { site, status: await this.#get(keeper, "", KeeperStatus), problem: null };
      } catch (error) {
        return { site, status: null, problem: error instanceof Error ? error.message : "unknown" };
      }
    }));
  }

  /** What happened to the cluster at each site, oldest first. */
  async audit(): Promise<Collected<KeeperAudit>> {
    const all = await this.#collect("/audit", KeeperAudit);
    return { ...all, items: all.items.sort((a, b) => a.at - b.at) };
  }

  /** The switch-overs that sites know of, newest first. */
  async switchOvers(): Promise<Collected<SwitchOver>> {
    const { items, missing } = await this.#collect("/switch-overs", SwitchOver);
    const latest = new Map<string, SwitchOver>();
    for (const one of items) {
      if ((latest.get(one.id)?.steps.length ?? -1) < one.steps.length) latest.set(one.id, one);
    }
    return { items: [...latest.values()].sort((a, b) => b.requestedAt - a.requestedAt), missing };
  }

  /**
   * Begins a switch-over. It is asked for once: after silence nobody knows whether it began.
   * @throws AntiphonError what the keeper refused it with; `cluster_unavailable` when no keeper
   * answers; `outcome_unknown`
   */
  async switchOver(request: SwitchOverRequest): Promise<SwitchOver> {
    const reports = (await this.reports()).filter(({ status }) => status !== null);
    // One is forced where it leads to, else driven where the cluster is active.
    const first =
      reports.find(({ site, status }) =>
        request.force ? site === request.to : status!.lease.held
      ) ?? reports[0];
    const keeper = this.#keepers.find(({ site }) => site === first?.site);
    if (!keeper) throw this.#away();
    try {
      return await this.client.ask(keeper, {
        ...{ method: "POST", path: this.#path("/switch-overs"), body: request },
        ...{ answer: SwitchOver, timeoutMs: MOVE_MS },
      });
    } catch (error) {
      if (!(error instanceof AntiphonError) || error.code !== "service_unreachable") throw error;
      throw new AntiphonError(
        "outcome_unknown",
        "Nobody knows whether it has begun: look at the cluster's switch-overs",
        { data: { clusterId: this.cluster.id, site: keeper.site }, cause: error },
      );
    }
  }

  /** @throws AntiphonError `not_found`; `cluster_unavailable` when it may be known elsewhere */
  async findSwitchOver(id: string): Promise<SwitchOver> {
    const asked = await Promise.allSettled(
      this.#keepers.map((keeper) => this.#get(keeper, `/switch-overs/${id}`, SwitchOver)),
    );
    const found = asked.flatMap((it) => it.status === "fulfilled" ? [it.value] : [])
      .sort((a, b) => b.steps.length - a.steps.length);
    if (found.length > 0) return found[0];
    const unknown = (it: PromiseSettledResult<unknown>) =>
      it.status === "rejected" && it.reason instanceof AntiphonError &&
      it.reason.code === "not_found";
    if (!asked.every(unknown)) throw this.#away();
    throw new AntiphonError("not_found", "There is no such switch-over: see the audit record");
  }

  async #collect<T>(rest: string, of: z.ZodType<T>): Promise<Collected<T>> {
    const answer = z.object({ items: z.array(of) });
    const items: T[] = [];
    const missing: string[] = [];
    await Promise.all(this.#keepers.map(async (keeper) => {
      try {
        items.push(...(await this.#get(keeper, rest, answer)).items);
      } catch (error) {
        if (!(error instanceof AntiphonError)) throw error;
        missing.push(keeper.site);
      }
    }));
    if (missing.length === this.#keepers.length) throw this.#away();
    return { items, missing: missing.sort() };
  }

  #get<T>(keeper: KeeperAddress, rest: string, answer: z.ZodType<T>): Promise<T> {
    const path = this.#path(rest);
    return this.client.ask(keeper, { method: "GET", path, answer, timeoutMs: ASK_MS });
  }

  #path(rest: string): string {
    return `/v1/clusters/${this.cluster.id}${rest}`;
  }

  #away(): AntiphonError {
    return new AntiphonError("cluster_unavailable", "No keeper of the cluster answers", {
      data: { clusterId: this.cluster.id },
    });
  }
}
