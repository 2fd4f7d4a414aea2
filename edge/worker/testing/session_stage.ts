import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { AgentSession } from "../agent_sessions/agent_session.ts";
import type { CommandOutcome } from "../agent_sessions/command_queue.ts";
import type { ConnectionState, SessionConnection } from "../agent_sessions/session_connection.ts";
import type { PresenceOutcome } from "../agent_sessions/session_ports.ts";
import { memorySql } from "./memory_sql.ts";
import { quietLog } from "./quiet_log.ts";
import { SAMPLE } from "./sample_configuration.ts";
import { sampleSnapshot } from "./sample_events.ts";

/** A socket without a network. */
export class ConnectionDouble implements SessionConnection {
  readonly frames: SessionFrame[] = [];
  closed: { code: number; reason: string } | null = null;
  pingedAt: number | null = null;

  constructor(public state: ConnectionState) {}

  send(frame: SessionFrame): void {
    this.frames.push(frame);
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  /** The code it was closed with, null while it is open. */
  get closeCode(): number | null {
    return this.closed?.code ?? null;
  }

  /** Numbers of the events it got. */
  get seqs(): number[] {
    return this.frames.flatMap((frame) => frame.type === "event" ? [frame.seq] : []);
  }

  get types(): string[] {
    return this.frames.map((frame) => frame.type === "event" ? frame.event.type : frame.type);
  }
}

/** Anna's session on a virtual clock. Tokens are "SUB until SECONDS". */
export class SessionStage implements Disposable {
  readonly sql = memorySql();
  readonly connections: ConnectionDouble[] = [];
  readonly presences: boolean[] = [];
  readonly commands: string[] = [];
  readonly work: Promise<void>[] = [];
  readonly lines: string[] = [];
  readonly timers = new Set<{ at: number; run: () => void }>();
  now = 1_000_000_000;
  alarmAt: number | null = null;
  reachable = true;
  presence: (connected: boolean) => PresenceOutcome | Promise<PresenceOutcome> = (connected) => ({
    kind: "taken",
    snapshot: connected ? sampleSnapshot(this.presences.length) : null,
  });
  holder: { clusterId: string; epoch: number } | null = null;
  command: () => CommandOutcome = () => ({ kind: "done" });
  session = this.restarted();

  /** A new object on the same storage. */
  restarted(): AgentSession {
    this.timers.clear();
    const session = new AgentSession({
      sql: this.sql,
      connections: () => this.connections.filter(({ closed }) => closed === null),
      verify: (token) => {
        const [sub, until] = token.split(" until ");
        if (until === undefined) {
          return Promise.reject(new AntiphonError("unauthenticated", "Sign in"));
        }
        const clusterId = "E39";
        return Promise.resolve({
          sub,
          tenant: SAMPLE.tenantId,
          roles: ["agent"],
          exp: Number(until),
          clusterId,
        });
      },
      sendCommand: (_who, id) => {
        this.commands.push(id);
        return Promise.resolve(this.reachable ? this.command() : { kind: "again" });
      },
      tellPresence: async (_who, connected) => {
        this.presences.push(connected);
        if (!this.reachable) return { kind: "again", reason: "down" };
        return await this.presence(connected);
      },
      probe: () => Promise.resolve(this.reachable),
      holder: () => Promise.resolve(this.holder),
      setAlarm: (at) => Promise.resolve(void (this.alarmAt = at)),
      background: (work) => void this.work.push(work),
      timer: (ms, run) => {
        const timer = { at: this.now + ms, run };
        this.timers.add(timer);
        return () => void this.timers.delete(timer);
      },
      pause: (ms) => Promise.resolve(void (this.now += ms)),
      now: () => this.now,
      newId: () => "0198c5a0-0000-7000-8000-0000000000e1",
      counters: new Counters(),
      log: quietLog(this.lines),
    });
    session.identify({ tenantId: SAMPLE.tenantId, agentId: "anna" });
    return session;
  }

  /** A token of an agent for so many seconds. */
  token(seconds = 3_600, sub = "anna"): string {
    return `${sub} until ${this.now / 1000 + seconds}`;
  }

  async connect(): Promise<ConnectionDouble> {
    const connection = new ConnectionDouble({
      id: crypto.randomUUID(),
      openedAt: this.now,
      phase: "new",
      tokenEnds: 0,
    });
    this.connections.push(connection);
    await this.session.opened();
    return connection;
  }

  /** Opens a socket and says hello. */
  async welcome(
    from: { lastSeq: number; session?: string } | null = null,
    accessToken = this.token(),
  ): Promise<ConnectionDouble> {
    const connection = await this.connect();
    await this.say(connection, {
      type: "hello",
      version: 1,
      accessToken,
      session: from ? from.session ?? "0198c5a0-0000-7000-8000-0000000000e1" : null,
      lastSeq: from?.lastSeq ?? null,
    });
    return connection;
  }

  async say(connection: ConnectionDouble, frame: unknown): Promise<void> {
    await this.session.message(connection, JSON.stringify(frame));
    await this.settled();
  }

  /** The other side drops the socket. */
  async drop(connection: ConnectionDouble): Promise<void> {
    connection.close(1006, "");
    await this.session.closed(connection);
  }

  /** Waits for work in the background, and what it starts. */
  async settled(): Promise<void> {
    while (this.work.length > 0) await Promise.all(this.work.splice(0));
  }

  /** Lets so much time go by, with every alarm and timer on the way. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const [timer] = [...this.timers].sort((a, b) => a.at - b.at);
      const at = Math.min(timer?.at ?? Infinity, this.alarmAt ?? Infinity);
      if (at > until) break;
      this.now = Math.max(this.now, at);
      if (timer?.at === at) {
        this.timers.delete(timer);
        timer.run();
      } else {
        this.alarmAt = null;
        await this.session.alarm();
      }
      await this.settled();
    }
    this.now = until;
  }

  [Symbol.dispose](): void {
    this.sql[Symbol.dispose]();
  }
}
