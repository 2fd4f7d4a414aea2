import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import { AgentCommandDelivery, AgentPresence } from "../../protocol/agent_session/agent_command.ts";
import type { AgentView } from "../../protocol/agent_session/agent_view.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import { WebhookBatch } from "../../protocol/inbox/webhook_batch.ts";
import type { WebhookDelivery } from "../../protocol/inbox/webhook_delivery.ts";
import type { PrivateServiceKey, ServiceKey } from "../../protocol/service_token/service_key.ts";
import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";
import { CellSignOnRequest } from "../../protocol/sign_on/sign_on.ts";
import { Signal } from "./signal.ts";

/** What the doubled cell answers to a command or a webhook, when it is not to be taken. */
export type Refusal = ConstructorParameters<typeof AntiphonError>[0];

/** A cell that speaks the protocol with the edge and remembers what it was asked. */
export class CellDouble implements AsyncDisposable {
  readonly commands = new Signal<AgentCommandDelivery>();
  readonly presences = new Signal<AgentPresence>();
  readonly webhooks = new Signal<WebhookDelivery>();
  /** Seconds that access tokens are good for. */
  tokenSeconds = 600;
  /** Whether the cluster is active here; else every request is refused with `notice`. */
  active = true;
  notice: string | null = null;
  /** Takes requests and answers none, like a machine that is suspended. */
  frozen = false;
  /** Requests that met it frozen. */
  readonly swallowed = new Signal<string>();
  /** Refuses what it returns a code for. */
  refuse: (path: string, body: unknown) => Refusal | null = () => null;
  /** Refuses one webhook among others. */
  refuseWebhook: (webhook: WebhookDelivery) => Refusal | null = () => null;
  /** The stream that is being read, if one is: what it is told goes out at once. */
  stream: { say: (text: string) => void; close: () => void; left: Promise<void> } | null = null;
  readonly #thawed = Promise.withResolvers<void>();
  #server: Deno.HttpServer<Deno.NetAddr> | null = null;
  #port = 0;
  #refreshTokens = new Set<string>();
  #snapshots = 0;

  constructor(readonly key: PrivateServiceKey, readonly callers: readonly ServiceKey[]) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts, on the port it had before if it had one. */
  start(): void {
    const options = { hostname: "127.0.0.1", port: this.#port, onListen: () => {} };
    this.#server = Deno.serve(options, (request) => this.#answer(request));
    this.#port = this.#server.addr.port;
  }

  async stop(): Promise<void> {
    this.#thawed.resolve();
    const server = this.#server;
    this.#server = null;
    await server?.shutdown();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** An access token of an agent. */
  accessToken(tenant: string, sub: string, seconds = this.tokenSeconds): Promise<string> {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    return signAccessToken(this.key, { sub, tenant, roles: ["agent"], exp });
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (this.frozen) {
      this.swallowed.add(pathname);
      await this.#thawed.promise;
      return new Response(null, { status: 421 });
    }
    if (pathname === "/health") return Response.json({ active: this.active });
    try {
      if (!this.active) {
        const data = this.notice === null ? {} : { notice: this.notice };
        throw new AntiphonError("not_active", "The cluster is not active here", { data });
      }
      const token = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
      if (pathname.startsWith("/v1/")) {
        if (pathname.endsWith("/stream")) return this.#stream(request.headers);
        const { method, headers } = request;
        const match = headers.get("if-match");
        const text = await request.text();
        const answer = { method, path: pathname + search, person: token.length > 0, match, text };
        return Response.json(answer, { headers: { etag: '"2"', "x-inside": "1" } });
      }
      const audience = this.key.service;
      await verifyServiceToken(token, { keys: this.callers, audience, kinds: ["edge"] });
      const body: unknown = await request.json();
      const refusal = this.refuse(pathname, body);
      if (refusal) throw new AntiphonError(refusal, "The double was told to");
      return Response.json(await this.#act(pathname, body));
    } catch (error) {
      const problem = toProblem(error);
      return Response.json(problem, { status: problem.status });
    }
  }

  #stream(asked: Headers): Response {
    const left = Promise.withResolvers<void>();
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.stream = {
          say: (text) => controller.enqueue(encoder.encode(text)),
          close: () => controller.close(),
          left: left.promise,
        };
        this.stream.say(`: after ${asked.get("last-event-id")}\n\n`);
      },
      cancel: () => left.resolve(),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  async #act(path: string, body: unknown): Promise<unknown> {
    switch (path) {
      case "/internal/sign-on":
        return await this.#signOn(CellSignOnRequest.parse(body));
      case "/internal/agent-commands":
        this.commands.add(AgentCommandDelivery.parse(body));
        return {};
      case "/internal/inbox":
        return { refused: this.#take(WebhookBatch.parse(body)) };
      case "/internal/agent-presence": {
        const presence = AgentPresence.parse(body);
        this.presences.add(presence);
        return presence.connected ? this.#snapshot(presence.agentId) : {};
      }
      default:
        throw new AntiphonError("not_found", path);
    }
  }

  #take({ deliveries }: WebhookBatch): { deliveryId: string; code: string }[] {
    return deliveries.flatMap((webhook) => {
      const code = this.refuseWebhook(webhook);
      if (code === null) this.webhooks.add(webhook);
      return code === null ? [] : [{ deliveryId: webhook.deliveryId, code }];
    });
  }

  async #signOn(request: CellSignOnRequest): Promise<unknown> {
    if (request.grant === "password") {
      if (request.password !== "open sesame") {
        throw new AntiphonError("invalid_credentials", "Wrong");
      }
    } else if (!this.#refreshTokens.delete(request.refreshToken)) {
      throw new AntiphonError("invalid_credentials", "Used or unknown");
    }
    if (request.grant === "revoke") return {};
    const refreshToken = `refresh ${crypto.randomUUID()}`;
    this.#refreshTokens.add(refreshToken);
    return {
      accessToken: await this.accessToken(request.tenantId, "anna"),
      expiresIn: this.tokenSeconds,
      refreshToken,
      refreshExpiresIn: 3_600,
      agent: { id: "anna", name: "Anna", roles: ["agent"] },
    };
  }

  #snapshot(agentId: string): unknown {
    const agent: AgentView = {
      id: agentId,
      name: "Anna",
      state: "idle",
      idleCode: null,
      since: ++this.#snapshots,
      softphoneConnected: false,
    };
    return { agent, offers: [], assignments: [], messages: [], idleCodes: [], wrapUpCodes: [] };
  }
}
