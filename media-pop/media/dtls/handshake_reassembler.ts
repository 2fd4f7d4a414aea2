import type { HandshakeMessage } from "./handshake_message.ts";

interface Partial {
  type: number;
  body: Uint8Array;
  have: Uint8Array;
  missing: number;
}

const LARGEST_MESSAGE = 8192;
const AHEAD = 6;

/**
 * Puts handshake messages together from fragments that come in any order, overlapping or twice
 * (RFC 6347 section 4.2.3). Holds at most six messages of 8 KiB.
 */
export class HandshakeReassembler {
  readonly #partial = new Map<number, Partial>();
  #next = 0;

  /** `message_seq` of the message awaited. */
  get next(): number {
    return this.#next;
  }

  /**
   * Takes the fragments of one record. `onMessage` gets whole messages in order, `onRepeat` the
   * type of a message already delivered whose last fragment came again. Malformed fragments are
   * dropped. O(length).
   */
  receive(
    record: Uint8Array,
    onMessage: (message: HandshakeMessage) => void,
    onRepeat: (type: number) => void,
  ): void {
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    let at = 0;
    while (at + 12 <= record.length) {
      const type = record[at];
      const total = view.getUint32(at) & 0xffffff;
      const sequence = view.getUint16(at + 4);
      const offset = view.getUint32(at + 5) & 0xffffff;
      const length = view.getUint32(at + 8) & 0xffffff;
      const end = at + 12 + length;
      if (end > record.length || offset + length > total || total > LARGEST_MESSAGE) return;
      if (sequence < this.#next) {
        if (offset + length === total) onRepeat(type);
      } else if (sequence < this.#next + AHEAD) {
        this.#add(type, sequence, total, offset, record.subarray(at + 12, end));
        this.#deliver(onMessage);
      }
      at = end;
    }
  }

  #add(type: number, sequence: number, total: number, offset: number, part: Uint8Array): void {
    let message = this.#partial.get(sequence);
    if (!message) {
      message = {
        type,
        body: new Uint8Array(total),
        have: new Uint8Array(total),
        missing: total,
      };
      this.#partial.set(sequence, message);
    }
    if (message.type !== type || message.body.length !== total) return;
    for (let i = 0; i < part.length; i++) {
      if (message.have[offset + i]) continue;
      message.have[offset + i] = 1;
      message.body[offset + i] = part[i];
      message.missing--;
    }
  }

  #deliver(onMessage: (message: HandshakeMessage) => void): void {
    for (;;) {
      const message = this.#partial.get(this.#next);
      if (!message || message.missing > 0) return;
      this.#partial.delete(this.#next);
      const sequence = this.#next++;
      onMessage({ type: message.type, sequence, body: message.body });
    }
  }
}
