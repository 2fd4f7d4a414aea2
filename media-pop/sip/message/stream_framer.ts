import { headEnd } from "./head_end.ts";
import { type ParsedMessage, parseMessage } from "./parse_message.ts";
import type { Refusal } from "./refusal.ts";

/** Bounds of a {@linkcode StreamFramer}, in octets. */
export interface FramerLimits {
  readonly head: number;
  readonly body: number;
}

const LENGTH = /(?:^|\r\n)(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*(?=\r\n|$)/i;
const latin1 = new TextDecoder("latin1");

/**
 * Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3). Work is linear in
 * the octets received: the buffer grows by doubling and the search resumes where it ended.
 */
export class StreamFramer {
  #buffer = new Uint8Array(4096);
  #start = 0;
  #end = 0;
  #searched = 0;
  #needed = 0;
  #breaks = 0;
  #broken?: Refusal;

  constructor(readonly limits: FramerLimits = { head: 32_768, body: 262_144 }) {}

  /** Why the stream cannot be framed any more and must be closed, once that is so. */
  get broken(): Refusal | undefined {
    return this.#broken;
  }

  /** Whether part of a message is waiting for its rest. */
  get partial(): boolean {
    return this.#end > this.#start;
  }

  /**
   * Takes octets and returns the messages now complete, in order. Look at `broken` afterwards.
   */
  push(chunk: Uint8Array): ParsedMessage[] {
    if (this.#broken !== undefined) return [];
    this.#append(chunk);
    const messages: ParsedMessage[] = [];
    for (;;) {
      if (this.#needed === 0 && !this.#measure(messages)) return messages;
      if (this.#end - this.#start < this.#needed) return messages;
      const next = this.#start + this.#needed;
      messages.push(parseMessage(this.#buffer.subarray(this.#start, next)));
      this.#start = this.#searched = next;
      this.#needed = 0;
    }
  }

  /** Finds the head of the next message; false if more octets are needed. */
  #measure(messages: ParsedMessage[]): boolean {
    while (this.#start < this.#end && isBreak(this.#buffer[this.#start])) {
      this.#start++;
      if (++this.#breaks === 4) {
        messages.push({ kind: "keep_alive", ping: true });
        this.#breaks = 0;
      }
    }
    if (this.#start === this.#end) return false;
    this.#breaks = 0;
    const from = Math.max(this.#start, this.#searched - 3);
    const end = headEnd(this.#buffer.subarray(0, this.#end), from);
    this.#searched = this.#end;
    const size = (end < 0 ? this.#end : end) - this.#start;
    if (size > this.limits.head) return this.#break("Head Too Large", 513);
    if (end < 0) return false;
    const length = LENGTH.exec(latin1.decode(this.#buffer.subarray(this.#start, end)));
    if (length === null) return this.#break("Content-Length Required");
    if (Number(length[1]) > this.limits.body) return this.#break("Message Too Large", 513);
    this.#needed = end + 4 - this.#start + Number(length[1]);
    return true;
  }

  #break(reason: string, status = 400): boolean {
    this.#broken = { status, reason };
    return false;
  }

  #append(chunk: Uint8Array): void {
    if (this.#start === this.#end) this.#start = this.#end = this.#searched = 0;
    if (this.#end + chunk.length > this.#buffer.length) {
      const live = this.#buffer.subarray(this.#start, this.#end);
      const size = live.length + chunk.length;
      const roomy = size * 2 > this.#buffer.length
        ? new Uint8Array(Math.max(size * 2, 4096))
        : this.#buffer;
      roomy.set(live);
      this.#buffer = roomy;
      this.#searched = Math.max(0, this.#searched - this.#start);
      this.#end = live.length;
      this.#start = 0;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }
}

function isBreak(octet: number): boolean {
  return octet === 13 || octet === 10;
}
