import type { SessionFrame } from "../../protocol/agent_session/session_frame.ts";
import { TENANT } from "./edge_harness.ts";

/** An agent's desktop without a screen: a socket and the frames that came. */
export class DesktopSocket {
  readonly frames: SessionFrame[] = [];
  closed: { code: number; reason: string } | undefined;
  #waiters: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      this.frames.push(JSON.parse(data));
      for (const wake of this.#waiters.splice(0)) wake();
    };
    socket.onclose = ({ code, reason }) => {
      this.closed = { code, reason };
      for (const wake of this.#waiters.splice(0)) wake();
    };
  }

  static async open(url: string, agentId = "anna"): Promise<DesktopSocket> {
    const address = `${url.replace("http", "ws")}/v1/session?tenant=${TENANT}&agent=${agentId}`;
    const socket = new WebSocket(address);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("The socket did not open"));
    const desktop = new DesktopSocket(socket);
    await promise;
    socket.onerror = null;
    return desktop;
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  hello(accessToken: string, session: string | null = null, lastSeq: number | null = null): void {
    this.send({ type: "hello", version: 1, accessToken, session, lastSeq });
  }

  /** Waits for a frame that fits. */
  async frame<T extends SessionFrame["type"]>(
    type: T,
    fits: (frame: Extract<SessionFrame, { type: T }>) => boolean = () => true,
  ): Promise<Extract<SessionFrame, { type: T }>> {
    type Wanted = Extract<SessionFrame, { type: T }>;
    for (;;) {
      const found = this.frames.find((f): f is Wanted => f.type === type && fits(f as Wanted));
      if (found) return found;
      if (this.closed) throw new Error(`Closed with ${this.closed.code} ${this.closed.reason}`);
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  async closing(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    return this.closed;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closing();
  }
}
