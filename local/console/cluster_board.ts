import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ClusterDesk } from "../cluster/cluster_desk.ts";
import type { ClusterPicture } from "../cluster/cluster_picture.ts";
import { describeAudit } from "../cluster/describe_audit.ts";
import { describeDrill } from "../cluster/describe_drill.ts";
import { describeEnd, describeStep } from "../cluster/describe_move.ts";

/** What an operator may start from the page. */
export type ClusterAction = "rehearse" | "switch" | "drill";

/** What the page is told while an action runs. */
export interface ClusterProgress {
  clusterId: string;
  action: ClusterAction;
  line: string;
  /** Set with the last line: whether it went as wished. */
  ended: "done" | "failed" | null;
}

/** More lines of a cluster's history than this are not shown. */
const SHOWN_LINES = 30;
const BY = "console";

/** What the page shows and does about clusters: one action a cluster at a time. */
export class ClusterBoard {
  /** As they were seen last. */
  pictures: ClusterPicture[] = [];
  readonly #desk: ClusterDesk;
  readonly #tell: (progress: ClusterProgress) => void;
  readonly #running = new Map<string, Promise<void>>();

  constructor(desk: ClusterDesk, tell: (progress: ClusterProgress) => void) {
    this.#desk = desk;
    this.#tell = tell;
  }

  /** Looks at every cluster. */
  async refresh(): Promise<ClusterPicture[]> {
    this.pictures = await Promise.all(this.#desk.clusterIds.map((id) => this.#desk.view(id)));
    return this.pictures;
  }

  /**
   * Starts an action; how it goes is told line by line.
   * @throws AntiphonError `not_found`, or `conflict` while another runs on the cluster
   */
  start(clusterId: string, action: ClusterAction, to: string): void {
    if (!this.#desk.clusterIds.includes(clusterId)) {
      throw new AntiphonError("not_found", `There is no cluster ${clusterId}`);
    }
    if (this.#running.has(clusterId)) {
      throw new AntiphonError("conflict", `Wait until what runs on ${clusterId} has ended`);
    }
    const say = (line: string, ended: ClusterProgress["ended"] = null) =>
      this.#tell({ clusterId, action, line, ended });
    const running = this.#run(clusterId, action, to, say)
      .catch((error) => say(error instanceof Error ? error.message : String(error), "failed"))
      .finally(() => this.#running.delete(clusterId));
    this.#running.set(clusterId, running);
  }

  /** The newest lines of a cluster's history, newest first. */
  async history(clusterId: string): Promise<string[]> {
    const { lines } = await this.#desk.audit(clusterId);
    return lines.slice(-SHOWN_LINES).reverse().map(describeAudit);
  }

  /** Settles when nothing runs any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #run(
    clusterId: string,
    action: ClusterAction,
    to: string,
    say: (line: string, ended?: ClusterProgress["ended"]) => void,
  ): Promise<void> {
    if (action === "drill") {
      const report = await this.#desk.drill(clusterId, BY, say);
      const lines = describeDrill(report).trimEnd().split("\n");
      lines.forEach((line, i) => say(line, i === lines.length - 1 ? "done" : null));
      return;
    }
    const request = { to, rehearse: action === "rehearse", requestedBy: BY };
    const end = await this.#desk.move(clusterId, request, (now) => say(describeStep(now).trim()));
    const lines = describeEnd(end);
    const ended = end.state === "done" ? "done" : "failed";
    lines.forEach((line, i) => say(line.trim(), i === lines.length - 1 ? ended : null));
  }
}
