import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import type { SwitchOver, SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";
import type { LocalState } from "../layout/local_state.ts";
import { cellHealth } from "./cell_health.ts";
import type { ClusterPicture } from "./cluster_picture.ts";
import type { DrillReport } from "./drill_report.ts";
import { keepDrill, readDrills } from "./drill_records.ts";
import type { KeeperClient } from "./keeper_client.ts";
import { type Pace, REAL_PACE } from "./pace.ts";
import { personRequest } from "./person_request.ts";
import { restartRolling } from "./restart_rolling.ts";
import { runDrill } from "./run_drill.ts";
import { switchCluster } from "./switch_cluster.ts";
import { type ClusterKeepers, viewCluster } from "./view_cluster.ts";

/** What a {@linkcode ClusterDesk} works with. */
export interface ClusterDeskParts {
  state: LocalState;
  dataFolder: string;
  /** Keepers by site. */
  keepers: ReadonlyMap<string, KeeperClient>;
  processes: Record<"kill" | "start" | "stop" | "renew", (name: string) => Promise<void>>;
  pace?: Pace;
}

/** Everything that happened to a cluster, by time. */
export type AuditLine = KeeperAudit | ({ event: "drill" } & DrillReport);

/** What an operator does with the clusters of the platform on this machine. */
export class ClusterDesk {
  readonly #parts: ClusterDeskParts;
  readonly #pace: Pace;

  constructor(parts: ClusterDeskParts) {
    this.#parts = parts;
    this.#pace = parts.pace ?? REAL_PACE;
  }

  /** The clusters there are. */
  get clusterIds(): string[] {
    return Object.keys(this.#parts.state.cellUrls);
  }

  /** How a cluster stands. @throws AntiphonError `not_found` when there is no such cluster */
  view(clusterId: string): Promise<ClusterPicture> {
    return viewCluster(clusterId, this.#keepersOf(clusterId));
  }

  /** Moves a cluster, or rehearses that. @throws AntiphonError as {@linkcode switchCluster} */
  async move(
    clusterId: string,
    request: SwitchOverRequest,
    onProgress?: (now: SwitchOver) => void,
  ): Promise<SwitchOver> {
    const keepers = this.#keepersOf(clusterId);
    if (!keepers.some(({ site }) => site === request.to)) {
      const known = keepers.map(({ site }) => site).join(", ");
      throw new AntiphonError(
        "not_found",
        `${clusterId} has no site ${request.to}; it has ${known}`,
      );
    }
    // Who is to take over without consent is asked itself.
    const ordered = request.force
      ? [...keepers].sort((a, b) => Number(b.site === request.to) - Number(a.site === request.to))
      : keepers;
    return await switchCluster({
      ...{ clusterId, request, keepers: ordered, ...this.#pace },
      ...(onProgress ? { onProgress } : {}),
    });
  }

  /** Kills the active site and keeps what was measured. @throws AntiphonError as `runDrill` */
  async drill(
    clusterId: string,
    requestedBy: string,
    say: (line: string) => void,
  ): Promise<DrillReport> {
    const { state, dataFolder, processes } = this.#parts;
    const here = state.demo !== null && clusterId === DEMO_CLUSTER;
    const report = await runDrill({
      ...{ clusterId, requestedBy, processes, say, ...this.#pace },
      wallClock: Date.now,
      view: () => this.view(clusterId),
      cellHealth: (site) => this.#cellHealth(clusterId, site),
      request: here ? await personRequest(state.edgeUrl, state.demo!) : null,
    });
    await keepDrill(dataFolder, report);
    return report;
  }

  /** Starts cells and edge anew, one at a time. @throws AntiphonError as `restartRolling` */
  restart(
    clusterId: string,
    requestedBy: string,
    say: (line: string) => void,
  ): Promise<string[]> {
    return restartRolling({
      ...{ clusterId, processes: this.#parts.processes, say, ...this.#pace },
      view: () => this.view(clusterId),
      cellHealth: (site) => this.#cellHealth(clusterId, site),
      move: (to, rehearse) => this.move(clusterId, { to, rehearse, requestedBy }),
    });
  }

  /**
   * What happened to a cluster, oldest first, as those keepers know that answer.
   * @returns the lines, and the sites whose keepers do not answer
   */
  async audit(clusterId: string): Promise<{ lines: AuditLine[]; away: string[] }> {
    const keepers = this.#keepersOf(clusterId);
    const answers = await Promise.allSettled(keepers.map((keeper) => keeper.audit(clusterId)));
    const kept = answers.flatMap((it) => it.status === "fulfilled" ? it.value : []);
    const drills = (await readDrills(this.#parts.dataFolder))
      .filter((drill) => drill.clusterId === clusterId)
      .map((drill) => ({ event: "drill" as const, ...drill }));
    return {
      lines: [...kept, ...drills].sort((a, b) => a.at - b.at),
      away: keepers.filter((_, i) => answers[i].status === "rejected").map(({ site }) => site),
    };
  }

  #keepersOf(clusterId: string): ClusterKeepers {
    const { state, keepers } = this.#parts;
    if (!state.standby) {
      throw new AntiphonError(
        "conflict",
        "This platform was started with --no-standby: its clusters have one site each",
      );
    }
    const sites = this.#cellsOf(clusterId);
    return Object.keys(sites).map((site) => keepers.get(site)!);
  }

  #cellHealth(clusterId: string, site: string) {
    return cellHealth(this.#cellsOf(clusterId)[site]!);
  }

  #cellsOf(clusterId: string): Readonly<Partial<Record<string, string>>> {
    const cells = Object.entries(this.#parts.state.cellUrls).find(([id]) => id === clusterId);
    if (cells) return cells[1];
    const known = this.clusterIds.join(", ");
    throw new AntiphonError("not_found", `There is no cluster ${clusterId}; there are ${known}`);
  }
}

/** Where the demo tenant lives. */
const DEMO_CLUSTER = "E39";
