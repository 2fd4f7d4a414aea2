import { join } from "node:path";
import type { AgentEventDelivery } from "../../protocol/agent_session/agent_event.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { buildWorker } from "../process/build_worker.ts";
import type { EdgeEnvironment } from "../process/edge_environment.ts";
import { type RunningEdge, startEdge } from "../process/start_edge.ts";
import { WORKER_FILES } from "../process/worker_files.ts";
import { CellDouble } from "./cell_double.ts";
import { ControlPlaneDouble } from "./control_plane_double.ts";
import { stageConfiguration } from "./stage_configuration.ts";

/** A real edge on workerd between a doubled control plane and doubled cells, one a standby. */
export class EdgeStage implements AsyncDisposable {
  edge!: RunningEdge;
  readonly lines: string[] = [];
  /** A bundle in place of the newest one. */
  bundle: string | null = null;

  private constructor(
    readonly folder: string,
    readonly controlPlane: ControlPlaneDouble,
    readonly cell: CellDouble,
    readonly otherCell: CellDouble,
    /** Where E39 goes when its home is lost. */
    readonly standby: CellDouble,
  ) {}

  static async open(): Promise<EdgeStage> {
    const [edge, e39, c14, controlPlane] = await Promise.all(
      ["edge:test", "cell:E39", "cell:C14", "control-plane"].map((service) =>
        generateServiceKey(service, `key of ${service}`)
      ),
    );
    const folder = await Deno.makeTempDir({ prefix: "antiphon-edge-" });
    await Deno.writeTextFile(join(folder, "key.json"), JSON.stringify(edge.privateKey));
    const cells = [e39, c14, e39].map(({ privateKey }) => {
      const cell = new CellDouble(privateKey, [edge.publicKey]);
      cell.start();
      return cell;
    });
    const keys = [edge, e39, c14, controlPlane].map(({ publicKey }) => publicKey);
    const double = new ControlPlaneDouble(
      stageConfiguration([cells[0].url, cells[2].url], cells[1].url, keys),
      [edge.publicKey],
      controlPlane.privateKey,
    );
    const pinned = JSON.stringify([controlPlane.publicKey]);
    await Deno.writeTextFile(join(folder, "plane.json"), pinned);
    double.start();
    cells[2].active = false;
    const stage = new EdgeStage(folder, double, cells[0], cells[1], cells[2]);
    await stage.start();
    return stage;
  }

  get url(): string {
    return `http://127.0.0.1:${this.edge.port}`;
  }

  /** What the edge's process would be started with. */
  get environment(): EdgeEnvironment {
    return {
      HOSTNAME: "127.0.0.1",
      PORT: this.edge?.port ?? 0,
      EDGE_ID: "test",
      CONTROL_PLANE_URL: this.controlPlane.url,
      SERVICE_KEY_FILE: join(this.folder, "key.json"),
      CONTROL_PLANE_KEYS_FILE: join(this.folder, "plane.json"),
      STATE_DIR: join(this.folder, "state"),
      LOG_LEVEL: "info",
    };
  }

  /** Starts the edge, on the port it had if it had one. */
  async start(): Promise<void> {
    const write = (line: string) => void this.lines.push(line);
    this.edge = await startEdge(
      this.environment,
      {
        log: createLogger({ service: "edge:test", write }),
        writeLine: write,
        webApp: join(this.folder, "web"),
        build: async () => {
          await buildWorker();
          return this.bundle ?? WORKER_FILES.bundle;
        },
      },
    );
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  /** Pushes events to an agent as a cell does. */
  async push(
    from: PrivateServiceKey,
    { tenantId, agentId, epoch, events }: AgentEventDelivery,
  ): Promise<Response> {
    const token = await serviceTokenSigner(from)("edge:test");
    return await this.post(
      `/internal/agents/${tenantId}/${agentId}/events`,
      { tenantId, agentId, epoch, events },
      { authorization: `Bearer ${token}` },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.edge.stop();
    const { controlPlane, cell, otherCell, standby } = this;
    await Promise.all([controlPlane, cell, otherCell, standby].map((double) => double.stop()));
    await Deno.remove(this.folder, { recursive: true });
  }
}
