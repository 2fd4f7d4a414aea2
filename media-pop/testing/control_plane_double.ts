import type { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { PinnedKeys } from "../../protocol/snapshot_signature/pinned_keys.ts";
import { signSnapshot } from "../../protocol/snapshot_signature/sign_snapshot.ts";
import { SNAPSHOT_HEADER } from "../../protocol/snapshot_signature/snapshot_claims.ts";
import { Watched } from "./watched.ts";

const KEY = await generateServiceKey("control-plane", "plane-1");

/** A stand-in for the control plane's answer to a PoP, on a real socket; for tests. */
export class ControlPlaneDouble {
  configuration: PopConfiguration;
  /** Answers 503 instead. */
  down = false;
  /** A line for each request so refused. */
  readonly refusals = new Watched<string>();
  readonly tokens: string[] = [];
  requests = 0;
  /** Signs; whoever shall believe it pins `keys`. */
  key = KEY.privateKey;
  readonly keys = PinnedKeys.parse([KEY.publicKey]);
  /** Of what is published next. */
  sequence = 1;
  /** Changes a signed answer on its way. */
  tamper: (body: string) => string = (body) => body;
  #changed = Promise.withResolvers<void>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(configuration: PopConfiguration) {
    this.configuration = configuration;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#serve(request),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Publishes another configuration; long polls are answered at once. */
  publish(configuration: PopConfiguration, sequence = this.sequence + 1): void {
    this.configuration = configuration;
    this.sequence = sequence;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async close(): Promise<void> {
    this.#changed.resolve();
    await this.#server.shutdown();
  }

  async #serve(request: Request): Promise<Response> {
    this.requests++;
    const url = new URL(request.url);
    this.tokens.push(request.headers.get("authorization") ?? "");
    const path = `/internal/pops/${this.configuration.pop.id}/configuration`;
    if (this.down) {
      this.refusals.push(url.pathname);
      return new Response("{}", { status: 503 });
    }
    if (url.pathname !== path) return new Response("{}", { status: 404 });
    const known = request.headers.get("if-none-match");
    const wait = Number(url.searchParams.get("wait") ?? 0);
    if (known === `"${this.configuration.version}"` && wait > 0) {
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, wait * 1000);
      await Promise.race([this.#changed.promise, limit.promise]);
      clearTimeout(timer);
    }
    const etag = `"${this.configuration.version}"`;
    if (known === etag) return new Response(null, { status: 304, headers: { etag } });
    const body = JSON.stringify(this.configuration);
    const { version, pop } = this.configuration;
    const { sequence } = this;
    const signature = await signSnapshot(
      { service: `pop:${pop.id}`, version, sequence, body },
      this.key,
    );
    return new Response(this.tamper(body), { headers: { etag, [SNAPSHOT_HEADER]: signature } });
  }
}
