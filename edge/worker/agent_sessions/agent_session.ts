import type { AgentCommand } from "../../../protocol/agent_session/agent_command.ts";
import type { DesktopSnapshot } from "../../../protocol/agent_session/agent_view.ts";
import {
  type DesktopFrame,
  SESSION_CLOSE,
  type SessionFrame,
} from "../../../protocol/agent_session/session_frame.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { type BucketLevel, takeToken } from "../limits/token_bucket.ts";
import { ObjectFacts } from "../storage/object_facts.ts";
import type { SessionPush } from "./agent_session_calls.ts";
import { ClusterWatch } from "./cluster_watch.ts";
import { CommandQueue } from "./command_queue.ts";
import { EventLog, type NewEvent } from "./event_log.ts";
import { parseDesktopFrame } from "./parse_desktop_frame.ts";
import { PresenceTeller } from "./presence_teller.ts";
import type { SessionConnection } from "./session_connection.ts";
import { FIRST_FACTS, type SessionFacts } from "./session_facts.ts";
import type { PresenceOutcome, SessionIdentity, SessionPorts } from "./session_ports.ts";

const HELLO_MS = 5_000;
/** How often a session with desktops looks whether they and the cluster are still there. */
const CHECK_MS = 20_000;
/** A cluster that answered anybody so recently need not be asked. */
const RECENT_MS = 10_000;
/** A desktop that used to ping and has not for so long is gone. Browsers slow hidden tabs down. */
const SILENT_MS = 150_000;
/** Codes that no repeat with the same token will change. */
const REFUSALS = new Set(["unauthenticated", "token_expired", "forbidden"]);
/** Close code of the WebSocket registry: the server cannot do it just now. */
const TRY_AGAIN_LATER = 1013;
const FRAME_RATE = { capacity: 20, perSecond: 20 };

/**
 * One agent's session: takes the desktop's socket, numbers and keeps what the cell tells, hands the
 * desktop's commands to the cell, and tells the cell whether the desktop is there. Holds nothing in
 * memory that a sleep or a restart must not lose, except commands, which the desktop repeats.
 */
export class AgentSession {
  readonly #facts: ObjectFacts<SessionFacts>;
  readonly #events: EventLog;
  readonly #commands: CommandQueue;
  readonly #presence: PresenceTeller;
  /** Of each socket: the frame being worked on, and its allowance. */
  readonly #tails = new Map<string, Promise<void>>();
  readonly #levels = new Map<string, BucketLevel>();
  readonly #watch: ClusterWatch;
  #alarmAt: number | null = null;

  constructor(readonly ports: SessionPorts) {
    const { sql, now, pause, log } = ports;
    this.#facts = new ObjectFacts(sql, FIRST_FACTS);
    this.#events = new EventLog(sql);
    this.#commands = new CommandQueue({
      now,
      pause,
      send: (id, command, timeoutMs) => this.#send(id, command, timeoutMs),
      answer: (result) => this.#cast(result),
    });
    this.#presence = new PresenceTeller({
      facts: this.#facts,
      anyOpen: () => this.#open().length > 0,
      tell: async (connected) => this.#believe(await ports.tellPresence(this.#who(), connected)),
      snapshot: (snapshot) => this.#snapshot(snapshot),
      answered: () => this.#watch.answered(),
      failed: (since) => this.#watch.failed(since),
      now,
      log,
    });
    this.#watch = new ClusterWatch({
      anyOpen: () => this.#open().length > 0,
      probe: (since) => ports.probe(this.#who(), since),
      timer: (ms, run) => ports.timer(ms, run),
      background: (work) => ports.background(work),
      now,
      lost: () => {
        this.#cast({ type: "cluster", reachable: false });
        this.#facts.set("snapshotDue", true);
      },
      found: (told) => this.#found(told),
    });
  }

  /** Whose session this is; to be called before anything else of the first request. */
  identify({ tenantId, agentId }: SessionIdentity): void {
    this.#facts.set("tenantId", tenantId);
    this.#facts.set("agentId", agentId);
  }

  /** A socket has come; its hello must follow. */
  async opened(): Promise<void> {
    await this.#arm();
  }

  /** A frame has come. Frames of one socket are worked on one after the other. */
  message(connection: SessionConnection, data: string | ArrayBuffer): Promise<void> {
    const { id } = connection.state;
    const before = this.#tails.get(id) ?? Promise.resolve();
    const tail = before.then(() => this.#message(connection, data)).finally(() => {
      if (this.#tails.get(id) === tail) this.#tails.delete(id);
    });
    this.#tails.set(id, tail);
    return tail;
  }

  /** A socket has gone. */
  async closed(connection: SessionConnection): Promise<void> {
    this.#levels.delete(connection.state.id);
    if (connection.state.phase === "closed") return;
    connection.state = { ...connection.state, phase: "closed" };
    this.#noteGone();
    await this.#arm();
  }

  /** Takes events from the tenant's cluster; repeats are dropped, older epochs refused. */
  async push({ clusterId, epoch, events }: SessionPush): Promise<"taken" | "stale_epoch"> {
    if (!this.#current(clusterId, epoch)) return "stale_epoch";
    // A snapshot on its way may be older than these events: they must be numbered after it.
    await this.#presence.underWay;
    if (!this.#current(clusterId, epoch)) return "stale_epoch";
    const moved = this.#follow(clusterId, epoch);
    this.#append(events);
    this.#watch.answered();
    if (moved) this.#compare();
    await this.#arm();
    return "taken";
  }

  /** What the alarm does: deadlines of sockets and of telling the cell. */
  async alarm(): Promise<void> {
    this.#alarmAt = null;
    const now = this.ports.now();
    for (const connection of this.ports.connections()) {
      const { phase, openedAt, tokenEnds } = connection.state;
      const { pingedAt } = connection;
      if (phase === "new" && openedAt + HELLO_MS <= now) {
        this.#close(connection, SESSION_CLOSE.helloTimeout, "no hello came");
      } else if (phase === "open" && tokenEnds * 1000 <= now) {
        this.#close(connection, SESSION_CLOSE.unauthenticated, "the access token has ended");
      } else if (phase === "open" && pingedAt !== null && pingedAt + SILENT_MS <= now) {
        this.#close(connection, SESSION_CLOSE.helloTimeout, "no ping came");
      }
    }
    this.#noteGone();
    this.#events.expire(now);
    const holder = this.#open().length > 0 ? await this.ports.holder(this.#who()) : null;
    if (holder && this.#current(holder.clusterId, holder.epoch)) {
      if (this.#follow(holder.clusterId, holder.epoch)) this.#facts.set("snapshotDue", true);
    }
    if (this.#open().length > 0 && !await this.ports.probe(this.#who(), now - RECENT_MS)) {
      this.#watch.failed(now);
    }
    await this.#presence.run();
    await this.#arm();
  }

  async #message(connection: SessionConnection, data: string | ArrayBuffer): Promise<void> {
    const { id, phase } = connection.state;
    if (phase === "closed") return;
    const { level, waitMs } = takeToken(this.#levels.get(id), FRAME_RATE, this.ports.now());
    this.#levels.set(id, level);
    if (waitMs > 0) {
      this.#close(connection, SESSION_CLOSE.tooMany, "more than 20 frames a second");
      return await this.#arm();
    }
    try {
      await this.#frame(connection, parseDesktopFrame(data));
    } catch (error) {
      this.#refuse(connection, error);
    }
    await this.#arm();
  }

  #refuse(connection: SessionConnection, error: unknown): void {
    const code = error instanceof AntiphonError ? error.code : "internal";
    this.ports.counters.add("antiphon_edge_sessions_refused_total", { code });
    if (error instanceof AntiphonError && code === "frame_invalid") {
      return this.#close(connection, SESSION_CLOSE.badFrame, error.message);
    }
    if (REFUSALS.has(code)) return this.#close(connection, SESSION_CLOSE.unauthenticated, code);
    this.ports.log.error("session.failed", { error });
    this.#close(connection, TRY_AGAIN_LATER, code);
  }

  async #frame(connection: SessionConnection, frame: DesktopFrame): Promise<void> {
    const isNew = connection.state.phase === "new";
    if (isNew !== (frame.type === "hello")) {
      throw new AntiphonError(
        "frame_invalid",
        isNew ? "type: hello first" : "type: one hello only",
      );
    }
    switch (frame.type) {
      case "hello":
        return await this.#hello(connection, frame);
      case "token": {
        const tokenEnds = await this.#verify(frame.accessToken);
        connection.state = { ...connection.state, tokenEnds };
        return;
      }
      case "command":
        this.#commands.add(frame.commandId, frame.command);
        return this.ports.background(this.#commands.run());
      case "ping":
        return connection.send({ type: "pong" });
    }
  }

  async #hello(
    connection: SessionConnection,
    frame: Extract<DesktopFrame, { type: "hello" }>,
  ): Promise<void> {
    const tokenEnds = await this.#verify(frame.accessToken);
    if (connection.state.phase !== "new") return;
    for (const older of this.#open()) {
      this.#close(older, SESSION_CLOSE.replaced, "another desktop has come");
    }
    connection.state = { ...connection.state, phase: "open", tokenEnds };
    this.#facts.set("goneAt", null);
    const session = this.#facts.get("session") ?? this.ports.newId();
    this.#facts.set("session", session);
    const known = frame.session === session && frame.lastSeq !== null;
    const missed = known ? this.#events.since(frame.lastSeq!) : null;
    if (missed === null) this.#facts.set("snapshotDue", true);
    connection.send({ type: "welcome", session, resumed: missed !== null });
    for (const event of missed ?? []) connection.send(event);
    if (this.#watch.told) connection.send({ type: "cluster", reachable: false });
    this.ports.counters.add("antiphon_edge_sessions_total", { resumed: String(missed !== null) });
    this.ports.log.info("session.opened", { ...this.#who(), resumed: missed !== null });
    this.#presence.retryNow();
    this.ports.background(this.#presence.run().then(() => this.#arm()));
  }

  /** @returns when the token ends, in seconds since the Unix epoch */
  async #verify(accessToken: string): Promise<number> {
    const access = await this.ports.verify(accessToken);
    const { tenantId, agentId } = this.#who();
    if (access.tenant !== tenantId || access.sub !== agentId) {
      throw new AntiphonError("unauthenticated", "The token is another agent's");
    }
    return access.exp;
  }

  async #send(commandId: string, command: AgentCommand, timeoutMs: number) {
    const since = this.ports.now();
    const outcome = await this.ports.sendCommand(this.#who(), commandId, command, timeoutMs);
    this.ports.counters.add("antiphon_edge_commands_total", { outcome: outcome.kind });
    if (outcome.kind === "again") this.#watch.failed(since);
    else this.#watch.answered();
    return outcome;
  }

  #snapshot(snapshot: DesktopSnapshot): void {
    this.#append([{ deliveryId: null, event: { type: "snapshot", snapshot } }]);
  }

  #append(events: readonly NewEvent[]): void {
    for (const event of this.#events.append(events, this.ports.now())) this.#cast(event);
  }

  /** The cluster is there again: what waited for it is told now. */
  #found(told: boolean): void {
    if (told) this.#cast({ type: "cluster", reachable: true });
    this.#presence.retryNow();
    this.ports.background(this.#presence.run().then(() => this.#arm()));
  }

  #noteGone(): void {
    const gone = this.#open().length === 0 && this.#facts.get("toldConnected") !== false;
    if (gone && this.#facts.get("goneAt") === null) this.#facts.set("goneAt", this.ports.now());
  }

  /** A process that has lost its cluster and does not know answers from what it knew. */
  #believe(outcome: PresenceOutcome): PresenceOutcome {
    const holder = outcome.kind === "taken" ? outcome.snapshot?.holder : undefined;
    if (!holder) return outcome;
    const { clusterId, epoch } = holder;
    if (!this.#current(clusterId, epoch)) return { kind: "again", reason: "stale_epoch" };
    this.#follow(clusterId, epoch);
    return outcome;
  }

  #current(clusterId: string, epoch: number): boolean {
    return epoch >= (this.#facts.get("epochs")[clusterId] ?? 0);
  }

  /** Notes who holds the cluster. True: somebody else did before, as far as is known here. */
  #follow(clusterId: string, epoch: number): boolean {
    const epochs = this.#facts.get("epochs");
    if (epochs[clusterId] === epoch) return false;
    this.#facts.set("epochs", { ...epochs, [clusterId]: epoch });
    return Object.keys(epochs).length > 0;
  }

  /** A new holder may know less than the last one had told: desktops are shown what it knows. */
  #compare(): void {
    if (this.#open().length === 0) return;
    this.#facts.set("snapshotDue", true);
    this.#presence.retryNow();
    this.ports.background(this.#presence.run().then(() => this.#arm()));
  }

  #close(connection: SessionConnection, code: number, reason: string): void {
    this.#levels.delete(connection.state.id);
    connection.state = { ...connection.state, phase: "closed" };
    connection.close(code, reason);
    this.#noteGone();
  }

  #cast(frame: SessionFrame): void {
    for (const connection of this.#open()) connection.send(frame);
  }

  #open(): SessionConnection[] {
    return this.ports.connections().filter(({ state }) => state.phase === "open");
  }

  #who(): SessionIdentity {
    const [tenantId, agentId] = [this.#facts.get("tenantId"), this.#facts.get("agentId")];
    if (tenantId !== null && agentId !== null) return { tenantId, agentId };
    throw new AntiphonError("internal", "A session was used before it was named");
  }

  /** Sets the alarm for the earliest deadline, unless one before that is set already. */
  async #arm(): Promise<void> {
    const now = this.ports.now();
    const deadlines: number[] = [];
    for (const { state } of this.ports.connections()) {
      if (state.phase === "new") deadlines.push(state.openedAt + HELLO_MS);
      if (state.phase === "open") deadlines.push(state.tokenEnds * 1000, now + CHECK_MS);
    }
    for (const due of [this.#presence.dueAt, this.#events.expiresAt]) {
      if (due !== null) deadlines.push(due);
    }
    if (deadlines.length === 0) return;
    const at = Math.max(now, Math.min(...deadlines));
    if (this.#alarmAt !== null && this.#alarmAt > now && this.#alarmAt <= at) return;
    this.#alarmAt = at;
    await this.ports.setAlarm(at);
  }
}
