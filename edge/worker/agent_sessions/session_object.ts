import { DurableObject } from "cloudflare:workers";
import { clustersOf } from "../clusters/clusters_of.ts";
import { configurationOf } from "../configuration/configuration_of.ts";
import type { EdgeBindings } from "../edge_bindings.ts";
import { requireAccess } from "../http/require_access.ts";
import { durableSql } from "../storage/durable_sql.ts";
import { counters } from "../telemetry/counters.ts";
import { edgeLog } from "../telemetry/edge_log.ts";
import { AgentSession } from "./agent_session.ts";
import {
  type AgentSessionCalls,
  parseSessionName,
  type SessionPush,
} from "./agent_session_calls.ts";
import { CellCalls } from "./cell_calls.ts";
import { socketConnection } from "./socket_connection.ts";

/** An agent's session as a Durable Object, named by `sessionName`. Its sockets may hibernate. */
export class AgentSessionObject extends DurableObject<EdgeBindings> implements AgentSessionCalls {
  readonly #session: AgentSession;

  constructor(ctx: DurableObjectState, env: EdgeBindings) {
    super(ctx, env);
    const configuration = configurationOf(env);
    const cell = new CellCalls(
      env.EDGE_ID,
      clustersOf(env),
      async (tenantId) => (await configuration.current()).clusterOf(tenantId),
    );
    this.#session = new AgentSession({
      sql: durableSql(ctx.storage),
      connections: () => ctx.getWebSockets().map((socket) => socketConnection(ctx, socket)),
      verify: async (token) => await requireAccess(token, await configuration.current()),
      sendCommand: (who, id, command, timeoutMs) => cell.sendCommand(who, id, command, timeoutMs),
      tellPresence: (who, connected) => cell.tellPresence(who, connected),
      probe: (who, since) => cell.probe(who, since),
      holder: (who) => cell.holder(who),
      setAlarm: (at) => ctx.storage.setAlarm(at),
      background: (work) => ctx.waitUntil(work),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      timer: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      now: () => Date.now(),
      newId: () => crypto.randomUUID(),
      counters,
      log: edgeLog(env),
    });
    // Pings are answered without waking the object.
    ctx.setWebSocketAutoResponse(
      new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'),
    );
  }

  /** Takes the desktop's socket. */
  override async fetch(request: Request): Promise<Response> {
    this.#identify();
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return new Response(null, { status: 426, headers: { upgrade: "websocket" } });
    }
    const [client, server] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(server);
    socketConnection(this.ctx, server).state = {
      id: crypto.randomUUID(),
      openedAt: Date.now(),
      phase: "new",
      tokenEnds: 0,
    };
    await this.#session.opened();
    return new Response(null, { status: 101, webSocket: client });
  }

  async push(push: SessionPush): Promise<"taken" | "stale_epoch"> {
    this.#identify();
    return await this.#session.push(push);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    await this.#session.message(socketConnection(this.ctx, socket), data);
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    await this.#session.closed(socketConnection(this.ctx, socket));
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.#session.closed(socketConnection(this.ctx, socket));
  }

  override async alarm(): Promise<void> {
    await this.#session.alarm();
  }

  #identify(): void {
    this.#session.identify(parseSessionName(this.ctx.id.name ?? ""));
  }
}
