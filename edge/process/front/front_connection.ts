import { HttpFramer } from "./http_framer.ts";

/** What a connection needs of the door it came through. */
export interface ConnectionPorts {
  /** A connection to the worker, once there is one; null when none came in time. */
  worker(): Promise<Deno.TcpConn | null>;
  /** Waits while the worker is being replaced; false when that took too long. */
  passage(): Promise<boolean>;
  /** A request has begun, or `count` of them are over. */
  begun(): void;
  over(count: number): void;
  /** Milliseconds that only grow. */
  now(): number;
  /** The header line that names the client, with its line end. */
  client: Uint8Array;
  /** Its name in small letters; nobody else may set it. */
  clientHeader: string;
}

const SMALL = 2 * 1024;
const LARGE = 64 * 1024;
/** How long what is left of one direction may take once the other has ended, in milliseconds. */
const LINGER_MS = 2_000;
const UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\n" +
  "connection: close\r\ncontent-length: 0\r\n\r\n";
const BAD = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/**
 * A client's connection on its way to whichever worker runs. Bytes go through as they are, but for a
 * header that names the client. Between two requests the worker may be replaced without the client
 * hearing of it; a socket that was upgraded ends with its worker.
 */
export class FrontConnection {
  readonly #requests: HttpFramer;
  readonly #responses: HttpFramer;
  /** Methods of the requests that wait for their answers. */
  readonly #methods: string[] = [];
  #worker: Deno.TcpConn | null = null;
  #pump: Promise<void> = Promise.resolve();
  #upgraded = false;
  /** The answer under way is the last one on this connection. */
  #last = false;
  #closed = false;
  /** What the client says goes nowhere any more. */
  #deaf = false;
  readonly #heardOut = Promise.withResolvers<void>();
  #activeAt: number;

  constructor(readonly client: Deno.TcpConn, readonly ports: ConnectionPorts) {
    this.#activeAt = ports.now();
    this.#requests = new HttpFramer({
      head: (lines) => this.#asked(lines),
      end: () => {},
    });
    this.#responses = new HttpFramer({
      head: (lines) => this.#answers(lines),
      end: () => this.#answered(),
    });
  }

  /** Hands everything through until the client has gone. Never throws. */
  async run(): Promise<void> {
    try {
      await this.#forward();
      this.#heardOut.resolve();
      // Who has said all may still hear the answer; who has gone looks the same.
      const limit = setTimeout(() => this.close(), LINGER_MS);
      await this.#worker?.closeWrite().catch(() => {});
      await this.#pump;
      clearTimeout(limit);
    } catch {
      // A side has gone; there is nobody to tell.
    } finally {
      this.#heardOut.resolve();
      this.close();
      await this.#pump;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#upgraded) this.ports.over(this.#methods.splice(0).length);
    close(this.client);
    if (this.#worker) close(this.#worker);
  }

  /** Closes what has been idle for too long. */
  sweep(now: number, times: { idle: number; head: number; spare: number }): void {
    if (!this.#between) return;
    const idle = now - this.#activeAt;
    if (idle > (this.#requests.begun ? times.head : times.idle)) return this.close();
    if (idle > times.spare) this.#letGo();
  }

  /** No request is under way, and none of one is on its way to the worker. */
  get #between(): boolean {
    return !this.#upgraded && this.#methods.length === 0 && this.#requests.inHead;
  }

  async #forward(): Promise<void> {
    let buffer = new Uint8Array(SMALL);
    for (;;) {
      const count = await this.client.read(buffer);
      if (count === null) return;
      this.#activeAt = this.ports.now();
      if (this.#deaf) continue;
      const bytes = buffer.subarray(0, count);
      if (this.#between && !await this.ports.passage()) return await this.#say(UNAVAILABLE);
      if (this.#closed) return;
      let parts: Uint8Array[];
      try {
        parts = this.#upgraded ? [bytes] : this.#requests.feed(bytes, this.ports.client);
      } catch {
        return this.#methods.length === 0 ? await this.#say(BAD) : undefined;
      }
      if (parts.length > 0 && !await this.#toWorker(parts)) return;
      buffer = sized(buffer, count);
    }
  }

  async #toWorker(parts: Uint8Array[]): Promise<boolean> {
    if (this.#worker === null) {
      const worker = await this.ports.worker();
      if (worker === null || this.#closed) {
        if (worker) close(worker);
        else await this.#say(UNAVAILABLE);
        return false;
      }
      this.#worker = worker;
      this.#pump = this.#backward(worker);
    }
    // One that takes no more may be answering: its end is seen where it is heard.
    await writeAll(this.#worker, concat(parts)).catch(() => void (this.#deaf = true));
    return true;
  }

  /** Answers in the worker's place; the connection ends behind it. */
  async #say(answer: string): Promise<void> {
    await writeAll(this.client, new TextEncoder().encode(answer));
  }

  /** Brings what the worker says to the client. Never throws. */
  async #backward(worker: Deno.TcpConn): Promise<void> {
    let clean = true;
    try {
      let buffer = new Uint8Array(SMALL);
      for (;;) {
        const count = await worker.read(buffer);
        if (count === null) break;
        this.#activeAt = this.ports.now();
        const bytes = buffer.subarray(0, count);
        if (!this.#upgraded) this.#responses.feed(bytes);
        await writeAll(this.client, bytes);
        buffer = sized(buffer, count);
      }
    } catch {
      // The worker or the client has gone, or the worker speaks no HTTP.
      clean = this.#worker !== worker || this.#between;
    }
    close(worker);
    if (this.#worker !== worker) return;
    this.#worker = null;
    if (!clean || this.#last || !this.#between || !this.#responses.inHead) await this.#linger();
  }

  /**
   * All is said to the client. What it is still sending is read and dropped for a while: closing at
   * once would take the answer from it (RFC 9112 section 9.6).
   */
  async #linger(): Promise<void> {
    this.#deaf = true;
    const limit = setTimeout(() => this.close(), LINGER_MS);
    try {
      await this.client.closeWrite();
      await this.#heardOut.promise;
    } catch {
      // It has gone.
    } finally {
      clearTimeout(limit);
      this.close();
    }
  }

  /** Gives the connection to the worker back: no request needs it. */
  #letGo(): void {
    const worker = this.#worker;
    this.#worker = null;
    if (worker) close(worker);
  }

  #asked(lines: string[]): "body" {
    for (const line of lines) {
      if (line.toLowerCase().startsWith(this.ports.clientHeader)) throw new Error("not yours");
    }
    this.#methods.push(lines[0].split(" ", 1)[0]);
    this.ports.begun();
    return "body";
  }

  #answers(lines: string[]): "body" | "none" | "opaque" | "interim" {
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(lines[0])?.[1]);
    if (status === 101) {
      this.#upgraded = true;
      // It may stay for hours: nobody waits for its end.
      this.ports.over(this.#methods.splice(0).length);
      return "opaque";
    }
    if (status < 200) return "interim";
    const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
    this.#last ||= has(/^connection:.*\bclose\b/i);
    if (this.#methods[0] === "HEAD" || status === 204 || status === 304) return "none";
    if (has(/^(content-length|transfer-encoding):/i)) return "body";
    this.#last = true;
    return "opaque";
  }

  #answered(): void {
    if (this.#methods.shift() !== undefined) this.ports.over(1);
  }
}

/** Small while little comes, so that a thousand idle sockets cost little. */
function sized(buffer: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer> {
  if (count === buffer.length && count === SMALL) return new Uint8Array(LARGE);
  return count < SMALL && buffer.length > SMALL ? new Uint8Array(SMALL) : buffer;
}

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
}

function concat(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // It is closed already.
  }
}
