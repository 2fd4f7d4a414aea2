import type { SocketLike } from "../session/socket_like.ts";

/** The far end of a socket in a test's hand. */
export class FakeWebSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  readonly sent: Record<string, unknown>[] = [];

  constructor(readonly url: string = "ws://test/") {}

  send(text: string): void {
    if (this.readyState !== 1) throw new Error("the socket is not open");
    this.sent.push(JSON.parse(text));
  }

  close(code = 1000, reason = ""): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  /** The server takes the connection. */
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The server says `frame`. */
  say(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  /** Frames sent of one kind. */
  sentOf(key: "type" | "method", value: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame[key] === value);
  }
}
