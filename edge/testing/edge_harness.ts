import { fileURLToPath } from "node:url";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import type { EdgeConfiguration } from "../../protocol/topology/edge_configuration.ts";
import { WorkerdProcess } from "../workerd/workerd_process.ts";

export const TENANT = "01890a5d-ac96-774b-bcce-b302099a8057";
export const ASSET = "01890a5d-ac96-774b-bcce-b302099a8058";

/** A request that a cell was sent. */
export interface Asked {
  path: string;
  body: Record<string, unknown>;
}

/** How the cell's double answers: by path. */
export type Answers = Record<string, (body: Record<string, unknown>) => Response>;

/**
 * The edge on a real workerd, between doubles of the control plane and of one cell that speak the
 * real protocol.
 */
export class EdgeHarness implements AsyncDisposable {
  readonly asked: Asked[] = [];
  answers: Answers = {};
  /** Set to false to let the cell refuse connections' requests with 503. */
  cellUp = true;
  controlPlaneUp = true;
  #waiters: (() => void)[] = [];

  private constructor(
    readonly folder: string,
    readonly keys: Record<string, Awaited<ReturnType<typeof generateServiceKey>>>,
    public workerd: WorkerdProcess,
    readonly control: Deno.HttpServer<Deno.NetAddr>,
    readonly cell: Deno.HttpServer<Deno.NetAddr>,
  ) {}

  static async start(): Promise<EdgeHarness> {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const built = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "edge/build.ts"],
      cwd: root,
    }).output();
    if (!built.success) throw new Error(new TextDecoder().decode(built.stderr));
    const keys = {
      edge: await generateServiceKey("edge:local", "edge-1"),
      cell: await generateServiceKey("cell:E39", "cell-1"),
      other: await generateServiceKey("cell:C14", "cell-2"),
    };
    // deno-lint-ignore prefer-const
    let harness: EdgeHarness;
    const serve = (handle: (request: Request) => Promise<Response> | Response) =>
      Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handle);
    const cell = serve((request) => harness.#answer(request));
    const control = serve(() => harness.#configuration());
    const folder = await Deno.makeTempDir({ prefix: "edge-" });
    harness = new EdgeHarness(folder, keys, undefined!, control, cell);
    await harness.startWorkerd();
    return harness;
  }

  get url(): string {
    return `http://127.0.0.1:${this.workerd.port}`;
  }

  /** Starts workerd, or starts it again on the same storage. */
  async startWorkerd(): Promise<void> {
    this.workerd = await WorkerdProcess.start(this.folder, {
      hostname: "127.0.0.1",
      port: 0,
      edgeId: "local",
      controlPlaneUrl: `http://127.0.0.1:${this.control.addr.port}`,
      serviceKey: JSON.stringify(this.keys.edge.privateKey),
      storage: `${this.folder}/objects`,
      web: fileURLToPath(new URL("../desktop", import.meta.url)),
    });
  }

  /** An access token of an agent. */
  accessToken(agentId = "anna", seconds = 600): Promise<string> {
    return signAccessToken(this.keys.cell.privateKey, {
      sub: agentId,
      tenant: TENANT,
      roles: ["agent"],
      exp: Math.floor(Date.now() / 1000) + seconds,
    });
  }

  /** Pushes events to an agent's session, as a cell does. */
  async push(
    events: { deliveryId: string; event: unknown }[],
    options: { epoch?: number; as?: "cell" | "other" } = {},
  ): Promise<Response> {
    const key = this.keys[options.as ?? "cell"].privateKey;
    return await fetch(`${this.url}/internal/agents/${TENANT}/anna/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${await serviceTokenSigner(key)("edge:local")}` },
      body: JSON.stringify({
        tenantId: TENANT,
        agentId: "anna",
        epoch: options.epoch ?? 1,
        events,
      }),
    });
  }

  /** Waits until the cell was asked something that fits. */
  async until(fits: (asked: Asked) => boolean): Promise<Asked> {
    for (;;) {
      const found = this.asked.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.workerd.stop();
    await this.control.shutdown();
    await this.cell.shutdown();
    await Deno.remove(this.folder, { recursive: true });
  }

  async #answer(request: Request): Promise<Response> {
    const body = request.method === "POST" ? await request.json() : {};
    const { pathname } = new URL(request.url);
    if (!this.cellUp) return new Response("{}", { status: 503 });
    this.asked.push({ path: pathname, body });
    for (const wake of this.#waiters.splice(0)) wake();
    return this.answers[pathname]?.(body) ?? Response.json({});
  }

  #configuration(): Response {
    if (!this.controlPlaneUp) return new Response("{}", { status: 503 });
    const configuration: EdgeConfiguration = {
      version: "1",
      edgeId: "local",
      clusters: [{
        id: "E39",
        homeRegion: "eu-central",
        standbyRegion: null,
        urls: [`http://127.0.0.1:${this.cell.addr.port}`],
      }],
      tenants: [{
        id: TENANT,
        slug: "aurora",
        name: "Aurora Travel",
        clusterId: "E39",
        status: "active",
      }],
      pops: [{
        id: "FRA",
        name: "Frankfurt",
        region: "eu-central",
        url: "http://127.0.0.1:7030",
        sip: [],
      }],
      assets: [{
        id: ASSET,
        tenantId: TENANT,
        clusterId: "E39",
        channel: "whatsapp",
        phoneNumberId: "106540352242922",
        verifyToken: "verify-me",
        appSecret: "app-secret",
      }],
      keys: Object.values(this.keys).map((key) => key.publicKey),
    };
    return Response.json(configuration);
  }
}
