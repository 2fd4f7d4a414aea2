/** Writes TLS structures (RFC 5246 section 4). */
export class ByteWriter {
  readonly #parts: number[] = [];

  /** An unsigned number in `size` bytes, 1 to 6. */
  number(size: number, value: number): this {
    for (let i = size - 1; i >= 0; i--) this.#parts.push(Math.floor(value / 256 ** i) % 256);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    for (const byte of bytes) this.#parts.push(byte);
    return this;
  }

  /** A vector with its length in `size` bytes. */
  vector(size: number, bytes: Uint8Array): this {
    return this.number(size, bytes.length).bytes(bytes);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#parts);
  }
}
