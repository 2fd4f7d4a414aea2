import type { PrivateServiceKey, ServiceKey } from "../../protocol/service_token/service_key.ts";
import { signSnapshot } from "../../protocol/snapshot_signature/sign_snapshot.ts";
import { SNAPSHOT_HEADER } from "../../protocol/snapshot_signature/snapshot_claims.ts";
import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";
import type { EdgeConfiguration } from "../../protocol/topology/edge_configuration.ts";

/** A control plane that serves one edge its configuration, with ETag and long polls. */
export class ControlPlaneDouble implements AsyncDisposable {
  #server: Deno.HttpServer<Deno.NetAddr> | null = null;
  #port = 0;
  #changed = Promise.withResolvers<void>();
  requests = 0;
  /** Of what is told. */
  sequence = 1;

  /** @param key Signs; whoever shall believe it pins its public half. */
  constructor(
    public configuration: EdgeConfiguration,
    readonly callers: readonly ServiceKey[],
    public key: PrivateServiceKey,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  start(): void {
    const options = { hostname: "127.0.0.1", port: this.#port, onListen: () => {} };
    this.#server = Deno.serve(options, (request) => this.#answer(request));
    this.#port = this.#server.addr.port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#wake();
    await server?.shutdown();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Publishes another version. */
  publish(change: Partial<EdgeConfiguration>, sequence = this.sequence + 1): void {
    this.sequence = sequence;
    this.configuration = { ...this.configuration, ...change };
    this.#wake();
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #answer(request: Request): Promise<Response> {
    this.requests += 1;
    const { pathname, searchParams } = new URL(request.url);
    const { edgeId } = this.configuration;
    if (pathname !== `/internal/edges/${edgeId}/configuration`) {
      return new Response(null, { status: 404 });
    }
    const token = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
    await verifyServiceToken(token, {
      keys: this.callers,
      audience: "control-plane",
      kinds: ["edge"],
    });
    const known = request.headers.get("if-none-match");
    const fresh = () => known !== `"${this.configuration.version}"`;
    if (!fresh()) await this.#wait(Number(searchParams.get("wait") ?? 0) * 1000);
    const headers = { etag: `"${this.configuration.version}"` };
    if (!fresh()) return new Response(null, { status: 304, headers });
    const body = JSON.stringify(this.configuration);
    const { version } = this.configuration;
    const { sequence } = this;
    const signature = await signSnapshot(
      { service: `edge:${edgeId}`, version, sequence, body },
      this.key,
    );
    return new Response(body, { headers: { ...headers, [SNAPSHOT_HEADER]: signature } });
  }

  async #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    await Promise.race([promise, this.#changed.promise]);
    clearTimeout(timer);
  }
}
