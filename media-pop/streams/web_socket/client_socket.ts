import { FrameReader } from "./frame_reader.ts";
import { headLength, OPCODE, writeFrame } from "./write_frame.ts";

/** A connection as this needs it. */
export type Connection = Pick<Deno.Conn, "read" | "write" | "close">;

/** What a {@linkcode ClientSocket} tells. */
export interface SocketEvents {
  text(message: string): void;
  /** Any frame came: the far end lives. */
  alive(): void;
  /**
   * It is over; comes once, also after our own `close`.
   * @param code what the far end closed with, null when it just went
   */
  closed(code: number | null, error: unknown): void;
}

/** Bytes of one incoming message at most. */
const LARGEST_MESSAGE = 256 * 1024;
/** Bytes that wait for a far end that does not read, at most: ten seconds of a call and more. */
const LARGEST_BACKLOG = 256 * 1024;
/** How long the far end has to answer our close, in milliseconds. */
const CLOSING = 1_000;

/**
 * The client's end of an open WebSocket (RFC 6455). What is written gathers while a write is under
 * way and goes out in one piece; payloads are made in place, so that a packet costs no allocation.
 */
export class ClientSocket {
  readonly #connection: Connection;
  readonly #events: SocketEvents;
  readonly #random32: () => number;
  #out = new Uint8Array(8192);
  #length = 0;
  #spare = new Uint8Array(8192);
  #writing = false;
  #closing = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `first`: what was read behind the handshake. */
  constructor(
    connection: Connection,
    first: Uint8Array,
    events: SocketEvents,
    random32: () => number,
  ) {
    this.#connection = connection;
    this.#events = events;
    this.#random32 = random32;
    queueMicrotask(() => void this.#read(first));
  }

  get open(): boolean {
    return !this.#closing && !this.#closed;
  }

  /**
   * Sends a text frame of `size` bytes, which `fill` writes at `offset`. False when the far end
   * reads so slowly that it does not fit, or the socket is not open.
   */
  send(size: number, fill: (out: Uint8Array, offset: number) => void): boolean {
    if (!this.open) return false;
    return this.#frame(OPCODE.text, size, fill);
  }

  sendText(text: string): boolean {
    const bytes = new TextEncoder().encode(text);
    return this.send(bytes.length, (out, offset) => out.set(bytes, offset));
  }

  ping(): boolean {
    return this.open && this.#frame(OPCODE.ping, 0, () => {});
  }

  /** Says goodbye; `closed` tells when it is over, within a second. */
  close(code: number): void {
    if (!this.open) return;
    this.#closing = true;
    this.#timer = setTimeout(() => this.#over(null, undefined), CLOSING);
    this.#frame(OPCODE.close, 2, (out, offset) => {
      out[offset] = code >> 8;
      out[offset + 1] = code & 0xff;
    });
  }

  #frame(
    opcode: (typeof OPCODE)[keyof typeof OPCODE],
    size: number,
    fill: (out: Uint8Array, offset: number) => void,
  ): boolean {
    const head = headLength(size);
    const needed = this.#length + head + size;
    if (this.#closed || needed > LARGEST_BACKLOG) return false;
    if (needed > this.#out.length) {
      const grown = new Uint8Array(Math.max(needed, this.#out.length * 2));
      grown.set(this.#out.subarray(0, this.#length));
      this.#out = grown;
    }
    fill(this.#out, this.#length + head);
    this.#length = writeFrame(this.#out, this.#length, opcode, size, this.#random32());
    if (!this.#writing) void this.#write();
    return true;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    try {
      while (this.#length > 0 && !this.#closed) {
        const [bytes, length] = [this.#out, this.#length];
        this.#out = this.#spare;
        this.#spare = bytes;
        this.#length = 0;
        for (let at = 0; at < length;) {
          at += await this.#connection.write(bytes.subarray(at, length));
        }
      }
    } catch (error) {
      // What the far end said before it went may still be read.
      this.#closing = true;
      this.#timer ??= setTimeout(() => this.#over(null, error), CLOSING);
    } finally {
      this.#writing = false;
    }
  }

  async #read(first: Uint8Array): Promise<void> {
    const reader = new FrameReader(LARGEST_MESSAGE, {
      text: (message) => {
        if (this.open) this.#events.text(message);
      },
      ping: (data) => {
        const copy = data.slice();
        this.#frame(OPCODE.pong, copy.length, (out, offset) => out.set(copy, offset));
      },
      pong: () => {},
      close: (code) => this.#answerClose(code),
    });
    const buffer = new Uint8Array(16 * 1024);
    try {
      reader.push(first);
      while (!this.#closed) {
        const count = await this.#connection.read(buffer);
        if (count === null) return this.#over(null, undefined);
        if (this.open) this.#events.alive();
        reader.push(buffer.subarray(0, count));
      }
    } catch (error) {
      this.#over(null, error);
    }
  }

  #answerClose(code: number): void {
    if (this.open) {
      this.#closing = true;
      this.#frame(OPCODE.close, 2, (out, offset) => {
        out[offset] = 1000 >> 8;
        out[offset + 1] = 1000 & 0xff;
      });
    }
    // Our answer gets out before the connection goes.
    queueMicrotask(() => this.#over(code, undefined));
  }

  #over(code: number | null, error: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    try {
      this.#connection.close();
    } catch {
      // The runtime has closed it already.
    }
    this.#events.closed(code, error);
  }
}
