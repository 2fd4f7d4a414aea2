import type { AgentCommand } from "../../protocol/agent_session/agent_command.ts";
import { type DesktopFrame, SessionFrame } from "../../protocol/agent_session/session_frame.ts";
import { Signal } from "./signal.ts";

/** A desktop's socket that remembers the frames it got and how it was closed. */
export class DesktopDouble implements AsyncDisposable {
  readonly frames = new Signal<SessionFrame>();
  readonly #closed = Promise.withResolvers<{ code: number; reason: string }>();

  private constructor(readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => this.frames.add(SessionFrame.parse(JSON.parse(data)));
    socket.onclose = ({ code, reason }) => this.#closed.resolve({ code, reason });
  }

  /** Opens a socket; says nothing yet. */
  static async connect(edgeUrl: string): Promise<DesktopDouble> {
    const desktop = new DesktopDouble(
      new WebSocket(`${edgeUrl.replace(/^http/, "ws")}/v1/session`),
    );
    await new Promise((resolve, reject) => {
      desktop.socket.onopen = resolve;
      desktop.socket.onerror = reject;
    });
    desktop.socket.onerror = () => {};
    return desktop;
  }

  /** Opens a socket, says hello and waits for the welcome. */
  static async welcome(
    edgeUrl: string,
    accessToken: string,
    from: { session: string; lastSeq: number } | null = null,
  ): Promise<DesktopDouble> {
    const desktop = await DesktopDouble.connect(edgeUrl);
    desktop.send({
      type: "hello",
      version: 1,
      accessToken,
      session: from?.session ?? null,
      lastSeq: from?.lastSeq ?? null,
    });
    await desktop.frames.first((frame) => frame.type === "welcome", "welcome");
    return desktop;
  }

  get closed(): Promise<{ code: number; reason: string }> {
    return this.#closed.promise;
  }

  get session(): string {
    const [welcome] = this.frames.all;
    return welcome.type === "welcome" ? welcome.session : "";
  }

  get events(): Extract<SessionFrame, { type: "event" }>[] {
    return this.frames.all.filter((frame) => frame.type === "event");
  }

  /** The agent's `since` of each event, by which tests tell events apart. */
  get marks(): number[] {
    return this.events.map(({ event }) => {
      if (event.type === "agent.changed") return event.agent.since;
      return event.type === "snapshot" ? event.snapshot.agent.since : -1;
    });
  }

  send(frame: DesktopFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Sends a command and waits for its result. */
  async command(command: AgentCommand, commandId: string = crypto.randomUUID()) {
    this.send({ type: "command", commandId, command });
    const result = await this.frames.first(
      (frame) => frame.type === "result" && frame.commandId === commandId,
      `result of ${command.type}`,
      16_000,
    );
    return result as Extract<SessionFrame, { type: "result" }>;
  }

  /** Waits until so many events have come. */
  async untilEvents(count: number): Promise<void> {
    await this.frames.until(() => this.events.length >= count, `${count} events`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
