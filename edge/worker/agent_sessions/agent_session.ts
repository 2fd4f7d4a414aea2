import type { DurableObjectState, WebSocket } from "@cloudflare/workers-types";
import { verifyAccessToken } from "../../../protocol/access_token/verify_access_token.ts";
import { AgentEventDelivery } from "../../../protocol/agent_session/agent_event.ts";
import { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import {
  DesktopFrame,
  SESSION_CLOSE,
  type SessionFrame,
} from "../../../protocol/agent_session/session_frame.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { answerProblem } from "../app/answer_problem.ts";
import { log } from "../app/log.ts";
import { readBody } from "../app/read_body.ts";
import type { Bindings } from "../bindings.ts";
import { callCell } from "../cells/call_cell.ts";
import { raiseProblem } from "../cells/raise_problem.ts";
import { serviceToken } from "../cells/service_identity.ts";
import { readConfiguration } from "../configuration/read_configuration.ts";
import { CommandRate } from "./command_rate.ts";
import { EventJournal, type NumberedEvent } from "./event_journal.ts";
import { socketState } from "./socket_state.ts";

/** `WebSocket.OPEN`. */
const OPEN = 1;
/** A socket must have said hello within this time. */
const HELLO_MS = 5_000;
/** A desktop that is gone for longer than this counts as gone. */
const GRACE_MS = 15_000;
/** A command is tried for this long while the cluster does not answer. */
const COMMAND_MS = 8_000;
const RETRY_MS = 400;
/** Largest frame, in characters. */
const FRAME_LIMIT = 65_536;
/** Sockets that have not said hello yet, at most. */
const MOST_NEW = 20;

/**
 * Durable Object, one for each agent (`{tenantId}/{agentId}`): holds the desktop's socket, numbers
 * what the cell pushes, and carries commands up. It may hibernate between any two frames, so all
 * it must know lies in its SQLite or in the sockets' attachments.
 */
export class AgentSession {
  readonly #journal: EventJournal;
  readonly #rate = new CommandRate();
  #order: Promise<void> = Promise.resolve();

  constructor(readonly ctx: DurableObjectState, readonly env: Bindings) {
    this.#journal = new EventJournal(ctx.storage.sql, () => crypto.randomUUID());
  }

  async fetch(request: Request): Promise<Response> {
    try {
      const { pathname } = new URL(request.url);
      const [tenantId, agentId] = pathname.slice(1).split("/");
      this.#journal.keep("tenantId", tenantId);
      this.#journal.keep("agentId", agentId);
      if (request.headers.get("upgrade") === "websocket") return await this.#open();
      return await this.#push(await readBody(request, AgentEventDelivery, 4 << 20));
    } catch (error) {
      return answerProblem(error);
    }
  }

  async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    if (typeof data !== "string" || data.length > FRAME_LIMIT) {
      return socket.close(SESSION_CLOSE.badFrame, "Send text frames of at most 64 KiB");
    }
    const frame = parse(data);
    if (typeof frame === "string") {
      return socket.close(SESSION_CLOSE.badFrame, `Bad frame at ${frame}`.slice(0, 120));
    }
    if (frame.type === "ping") return send(socket, { type: "pong" });
    if (frame.type === "hello") return await this.#hello(socket, frame);
    if (frame.type === "token") return void await this.#admit(socket, frame.accessToken);
    if (socketState(socket).phase !== "ready") {
      return socket.close(SESSION_CLOSE.unauthenticated, "Say hello first");
    }
    if (!this.#rate.take(Date.now())) {
      return socket.close(SESSION_CLOSE.tooMany, "Too many commands");
    }
    // One after the other, so that what an agent did first is decided first.
    this.#order = this.#order.then(() => this.#command(socket, frame));
    await this.#order;
  }

  async webSocketClose(socket: WebSocket): Promise<void> {
    socket.close();
    if (this.#ready().some((other) => other !== socket)) return;
    this.#journal.keep("goneAt", String(Date.now()));
    await this.#schedule();
  }

  async webSocketError(socket: WebSocket): Promise<void> {
    await this.webSocketClose(socket);
  }

  async alarm(): Promise<void> {
    const now = Date.now();
    for (const socket of this.#sockets()) {
      const { phase, openedAt, until } = socketState(socket);
      if (phase === "new" && openedAt + HELLO_MS <= now) {
        socket.close(SESSION_CLOSE.helloTimeout, "Say hello within five seconds");
      }
      if (phase === "ready" && until <= now) {
        socket.close(SESSION_CLOSE.unauthenticated, "The access token has ended");
      }
    }
    const goneAt = Number(this.#journal.fact("goneAt") ?? 0);
    if (goneAt > 0 && this.#ready().length === 0 && goneAt + GRACE_MS <= now) await this.#leave();
    if (this.#journal.fact("presence") === "due" && this.#ready().length > 0) await this.#arrive();
    await this.#schedule();
  }

  async #open(): Promise<Response> {
    const waiting = this.#sockets().filter((socket) => socketState(socket).phase === "new");
    if (waiting.length >= MOST_NEW) {
      throw new AntiphonError("too_many_requests", "Too many sockets wait for their hello");
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment({ phase: "new", openedAt: Date.now(), until: 0 });
    await this.#schedule();
    return new Response(null, { status: 101, webSocket: client } as ResponseInit);
  }

  async #hello(
    socket: WebSocket,
    frame: Extract<DesktopFrame, { type: "hello" }>,
  ): Promise<void> {
    if (!await this.#admit(socket, frame.accessToken)) return;
    for (const other of this.#ready()) {
      if (other !== socket) other.close(SESSION_CLOSE.replaced, "Another desktop has taken over");
    }
    this.#journal.keep("goneAt", "0");
    const missed = this.#journal.since(frame.session, frame.lastSeq);
    const { session } = this.#journal;
    send(socket, { type: "welcome", session, resumed: missed !== undefined });
    if (missed) {
      for (const event of missed) send(socket, { type: "event", ...event });
      return;
    }
    await this.#arrive();
    await this.#schedule();
  }

  /** Verifies a token for this very agent; closes the socket when it is not good. */
  async #admit(socket: WebSocket, accessToken: string): Promise<boolean> {
    try {
      const { keys, tenants } = await readConfiguration(this.env);
      const access = await verifyAccessToken(accessToken, keys);
      const tenant = tenants.find((candidate) => candidate.id === access.tenant);
      const mine = access.tenant === this.#journal.fact("tenantId") &&
        access.sub === this.#journal.fact("agentId");
      if (!mine || tenant?.clusterId !== access.clusterId) {
        throw new AntiphonError("unauthenticated", "The token is another agent's");
      }
      const before = socketState(socket);
      socket.serializeAttachment({ ...before, phase: "ready", until: access.exp * 1000 });
      await this.#schedule();
      return true;
    } catch (error) {
      const { detail } = toProblem(error);
      socket.close(SESSION_CLOSE.unauthenticated, detail.slice(0, 120));
      return false;
    }
  }

  /** Tells the cell that the desktop is there; its answer becomes a snapshot event. */
  async #arrive(): Promise<void> {
    try {
      const answer = await this.#cell("/internal/agent-presence", {
        edgeId: this.env.EDGE_ID,
        connected: true,
      });
      const snapshot = DesktopSnapshot.parse(raiseProblem(answer));
      this.#journal.keep("presence", "told");
      this.#reachable(true);
      this.#broadcast(this.#journal.append({ type: "snapshot", snapshot }));
    } catch (error) {
      log.info("session.arrival-waits", { error });
      this.#journal.keep("presence", "due");
      this.#reachable(false);
    }
  }

  /** Tells the cell that the desktop is gone, again and again until it has taken it. */
  async #leave(): Promise<void> {
    try {
      raiseProblem(
        await this.#cell("/internal/agent-presence", {
          edgeId: this.env.EDGE_ID,
          connected: false,
        }),
      );
      this.#journal.keep("goneAt", "0");
      this.#journal.end();
    } catch (error) {
      log.info("session.leaving-waits", { error });
    }
  }

  async #command(
    socket: WebSocket,
    frame: Extract<DesktopFrame, { type: "command" }>,
  ): Promise<void> {
    const { commandId, command } = frame;
    const end = Date.now() + COMMAND_MS;
    for (;;) {
      try {
        raiseProblem(await this.#cell("/internal/agent-commands", { commandId, command }));
        this.#reachable(true);
        return send(socket, { type: "result", commandId, ok: true, problem: null });
      } catch (error) {
        const problem = toProblem(error);
        const again = problem.code === "cluster_unavailable" || problem.status === 503;
        if (again) this.#reachable(false);
        if (!again || Date.now() > end) {
          return send(socket, { type: "result", commandId, ok: false, problem });
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #push(delivery: AgentEventDelivery): Promise<Response> {
    const newest = Number(this.#journal.fact("epoch") ?? 0);
    if (delivery.epoch < newest) {
      throw new AntiphonError("stale_epoch", "A newer holder of the cluster has spoken already", {
        data: { epoch: newest },
      });
    }
    this.#journal.keep("epoch", String(delivery.epoch));
    for (const { deliveryId, event } of delivery.events) {
      const numbered = this.#journal.take(deliveryId, event);
      if (numbered) this.#broadcast(numbered);
    }
    this.#reachable(true);
    return await Promise.resolve(Response.json({}));
  }

  async #cell(path: string, body: object): Promise<{ status: number; body: unknown }> {
    const configuration = await readConfiguration(this.env);
    const tenantId = this.#journal.fact("tenantId");
    const agentId = this.#journal.fact("agentId");
    const tenant = configuration.tenants.find((candidate) => candidate.id === tenantId);
    if (!tenant) throw new AntiphonError("cluster_unavailable", "The tenant is not known here");
    return await callCell(configuration, {
      clusterId: tenant.clusterId,
      path,
      body: { tenantId, agentId, ...body },
      token: await serviceToken(this.env, `cell:${tenant.clusterId}`),
    });
  }

  /** Tells the desktop when the cluster comes or goes, once each. */
  #reachable(reachable: boolean): void {
    if (this.#journal.fact("reachable") === String(reachable)) return;
    this.#journal.keep("reachable", String(reachable));
    for (const socket of this.#ready()) send(socket, { type: "cluster", reachable });
  }

  #broadcast(numbered: NumberedEvent): void {
    for (const socket of this.#ready()) send(socket, { type: "event", ...numbered });
  }

  #sockets(): WebSocket[] {
    return this.ctx.getWebSockets().filter((socket: WebSocket) => socket.readyState === OPEN);
  }

  #ready(): WebSocket[] {
    return this.#sockets().filter((socket) => socketState(socket).phase === "ready");
  }

  /** One alarm, for whatever is due next. */
  async #schedule(): Promise<void> {
    const due: number[] = [];
    for (const socket of this.#sockets()) {
      const { phase, openedAt, until } = socketState(socket);
      due.push(phase === "new" ? openedAt + HELLO_MS : until);
    }
    const goneAt = Number(this.#journal.fact("goneAt") ?? 0);
    if (goneAt > 0) due.push(Math.max(goneAt + GRACE_MS, Date.now() + 500));
    if (this.#journal.fact("presence") === "due") due.push(Date.now() + 500);
    if (due.length === 0) return await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.setAlarm(Math.min(...due));
  }
}

function send(socket: WebSocket, frame: SessionFrame): void {
  try {
    socket.send(JSON.stringify(frame));
  } catch {
    // The socket is closing; what it missed is numbered and kept.
  }
}

/** A frame, or the path of what does not fit. */
function parse(text: string): DesktopFrame | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "(not JSON)";
  }
  const parsed = DesktopFrame.safeParse(json);
  return parsed.success ? parsed.data : parsed.error.issues[0]?.path.join(".") ?? "";
}
