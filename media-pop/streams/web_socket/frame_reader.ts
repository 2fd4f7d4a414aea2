import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/** What a {@linkcode FrameReader} finds. */
export interface FrameListener {
  /** A whole text message, as valid UTF-8. */
  text(message: string): void;
  ping(data: Uint8Array): void;
  pong(): void;
  /** The far end closes; 1005 when it gave no code. */
  close(code: number): void;
}

const TEXT = 1;
const CONTINUATION = 0;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const FIRST_BUFFER = 4096;

/**
 * Reads the frames a WebSocket server sends (RFC 6455 section 5) out of a stream of bytes that is
 * cut anywhere. Strict: masked frames, reserved bits, binary and broken continuations are faults.
 * Amortised O(bytes); buffers grow up to the limit and are used again.
 */
export class FrameReader {
  readonly #limit: number;
  readonly #listener: FrameListener;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #buffer = new Uint8Array(FIRST_BUFFER);
  #length = 0;
  #message = new Uint8Array(0);
  #messageLength = -1;
  #closed = false;

  /** `limit`: bytes of one message at most. */
  constructor(limit: number, listener: FrameListener) {
    this.#limit = limit;
    this.#listener = listener;
  }

  /** Takes what was read. @throws AntiphonError `frame_invalid`; nothing can be read after it */
  push(bytes: Uint8Array): void {
    this.#append(bytes);
    let at = 0;
    while (!this.#closed) {
      const used = this.#frame(at);
      if (used === 0) break;
      at += used;
    }
    this.#buffer.copyWithin(0, at, this.#length);
    this.#length -= at;
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }

  /** Bytes of the frame at `at`, once it is whole; else 0. */
  #frame(at: number): number {
    const have = this.#length - at;
    if (have < 2) return 0;
    const [first, second] = [this.#buffer[at], this.#buffer[at + 1]];
    if (first & 0x70) throw invalid("A reserved bit is set");
    if (second & 0x80) throw invalid("A server must not mask");
    const opcode = first & 0x0f;
    const final = (first & 0x80) !== 0;
    let size = second & 0x7f;
    let head = 2;
    if (opcode >= CLOSE && (size > 125 || !final)) throw invalid("A control frame is too long");
    if (size >= 126) {
      head = size === 126 ? 4 : 10;
      if (have < head) return 0;
      const view = new DataView(this.#buffer.buffer, at + 2);
      size = head === 4 ? view.getUint16(0) : Number(view.getBigUint64(0));
    }
    const before = opcode === CONTINUATION ? Math.max(0, this.#messageLength) : 0;
    if (size + before > this.#limit) throw invalid(`A message may have ${this.#limit} bytes`);
    if (have < head + size) return 0;
    this.#take(opcode, final, this.#buffer.subarray(at + head, at + head + size));
    return head + size;
  }

  #take(opcode: number, final: boolean, payload: Uint8Array): void {
    switch (opcode) {
      case TEXT:
        if (this.#messageLength >= 0) throw invalid("A message begins within another");
        if (final) return this.#listener.text(this.#decode(payload));
        this.#messageLength = 0;
        return this.#keep(payload);
      case CONTINUATION:
        if (this.#messageLength < 0) throw invalid("There is nothing to continue");
        this.#keep(payload);
        if (final) this.#whole();
        return;
      case PING:
        return this.#listener.ping(payload);
      case PONG:
        return this.#listener.pong();
      case CLOSE:
        return this.#close(payload);
      default:
        throw invalid("Only text is spoken here");
    }
  }

  #keep(payload: Uint8Array): void {
    const length = this.#messageLength + payload.length;
    if (length > this.#message.length) {
      const grown = new Uint8Array(Math.min(this.#limit, Math.max(length, 2 * length)));
      grown.set(this.#message.subarray(0, this.#messageLength));
      this.#message = grown;
    }
    this.#message.set(payload, this.#messageLength);
    this.#messageLength = length;
  }

  #whole(): void {
    const text = this.#decode(this.#message.subarray(0, this.#messageLength));
    this.#messageLength = -1;
    this.#listener.text(text);
  }

  #close(payload: Uint8Array): void {
    if (payload.length === 1) throw invalid("A close code has two bytes");
    this.#closed = true;
    this.#listener.close(payload.length === 0 ? 1005 : (payload[0] << 8) | payload[1]);
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch (cause) {
      throw new AntiphonError("frame_invalid", "Text must be UTF-8", { cause });
    }
  }
}

function invalid(message: string): AntiphonError {
  return new AntiphonError("frame_invalid", message);
}
