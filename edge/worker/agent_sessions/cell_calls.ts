import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Problem } from "../../../protocol/errors/problem.ts";
import type { ClusterAddress } from "../../../protocol/topology/service_addresses.ts";
import type { ClusterClient } from "../clusters/cluster_client.ts";
import { readJson } from "../http/read_json.ts";
import type { CommandOutcome } from "./command_queue.ts";
import type { PresenceOutcome, SessionIdentity } from "./session_ports.ts";

const SNAPSHOT_LIMIT = 8 * 1024 * 1024;
const PROBLEM_LIMIT = 64 * 1024;
const PRESENCE_MS = 4_000;
/** Answers that the same request may not get again: the edge's own fault, or a fault for now. */
const AGAIN = new Set([401, 403, 408, 429]);

/** What a session asks of its tenant's cell. */
export class CellCalls {
  constructor(
    readonly edgeId: string,
    readonly clusters: ClusterClient,
    readonly clusterOf: (tenantId: string) => Promise<ClusterAddress>,
  ) {}

  /** `POST /internal/agent-commands`. Never throws. */
  async sendCommand(
    who: SessionIdentity,
    commandId: string,
    command: AgentCommand,
    timeoutMs: number,
  ): Promise<CommandOutcome> {
    try {
      const body = { ...who, commandId, command };
      const response = await this.#post(who, "/internal/agent-commands", body, timeoutMs);
      if (response.ok) {
        await response.body?.cancel();
        return { kind: "done" };
      }
      const problem = await readJson(response, Problem, PROBLEM_LIMIT);
      if (response.status >= 500) return { kind: "again", problem };
      return AGAIN.has(response.status) ? { kind: "again" } : { kind: "refused", problem };
    } catch {
      return { kind: "again" };
    }
  }

  /** `POST /internal/agent-presence`. Never throws. */
  async tellPresence(who: SessionIdentity, connected: boolean): Promise<PresenceOutcome> {
    try {
      const body = { ...who, edgeId: this.edgeId, connected };
      const response = await this.#post(who, "/internal/agent-presence", body, PRESENCE_MS);
      if (response.ok && connected) {
        return {
          kind: "taken",
          snapshot: await readJson(response, DesktopSnapshot, SNAPSHOT_LIMIT),
        };
      }
      await response.body?.cancel();
      return response.ok
        ? { kind: "taken", snapshot: null }
        : { kind: "again", reason: String(response.status) };
    } catch (error) {
      const reason = error instanceof AntiphonError ? error.code : String(error);
      return { kind: "again", reason };
    }
  }

  /** Whether the cluster has answered anybody after `since`, or does now. Never throws. */
  async probe({ tenantId }: SessionIdentity, since: number): Promise<boolean> {
    try {
      const cluster = await this.clusterOf(tenantId);
      if ((this.clusters.answeredAt(cluster.id) ?? 0) > since) return true;
      return await this.clusters.active(cluster);
    } catch {
      return false;
    }
  }

  /** The tenant's cluster and the newest epoch it has answered under; null: unknown. Never throws. */
  async holder(
    { tenantId }: SessionIdentity,
  ): Promise<{ clusterId: string; epoch: number } | null> {
    try {
      const { id: clusterId } = await this.clusterOf(tenantId);
      const epoch = this.clusters.epochOf(clusterId);
      return epoch === undefined ? null : { clusterId, epoch };
    } catch {
      return null;
    }
  }

  async #post(
    { tenantId }: SessionIdentity,
    path: string,
    body: unknown,
    timeoutMs: number,
  ): Promise<Response> {
    const cluster = await this.clusterOf(tenantId);
    return await this.clusters.call(cluster, {
      method: "POST",
      path,
      body: JSON.stringify(body),
      timeoutMs,
    });
  }
}
