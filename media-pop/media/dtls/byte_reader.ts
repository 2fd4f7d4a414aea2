import { AlertError } from "./alert_error.ts";

/** Reads TLS structures (RFC 5246 section 4); throws `decode_error` at the first byte missing. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get rest(): number {
    return this.#bytes.length - this.#at;
  }

  /** An unsigned number of `size` bytes, 1 to 6. */
  number(size: number): number {
    return this.bytes(size).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  /** A view of the next `size` bytes. */
  bytes(size: number): Uint8Array {
    if (size > this.rest) throw new AlertError("decode_error", "A handshake message is too short");
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  /** A view of a vector whose length takes `size` bytes. */
  vector(size: number): Uint8Array {
    return this.bytes(this.number(size));
  }

  /** A vector of 16-bit numbers whose length takes `size` bytes. */
  numbers(size: number): number[] {
    const list = new ByteReader(this.vector(size));
    const numbers: number[] = [];
    while (list.rest > 0) numbers.push(list.number(2));
    return numbers;
  }

  /** Throws `decode_error` when bytes are left over. */
  end(): void {
    if (this.rest > 0) throw new AlertError("decode_error", "A handshake message is too long");
  }
}
