import { createHmac } from "node:crypto";
import { fingerprintOf } from "./fingerprint_of.ts";

const COOKIE = 0x2112a442;

/** Builds one STUN message, attribute by attribute, in the order they are added. */
export class StunWriter {
  readonly #bytes = new Uint8Array(320);
  readonly #view = new DataView(this.#bytes.buffer);
  #length = 20;

  /** `transactionId` is 12 bytes. */
  constructor(type: number, transactionId: Uint8Array) {
    this.#view.setUint16(0, type);
    this.#view.setUint32(4, COOKIE);
    this.#bytes.set(transactionId, 8);
  }

  /** Adds an attribute of at most 240 bytes, padded to four. */
  attribute(type: number, value: Uint8Array): this {
    this.#view.setUint16(this.#length, type);
    this.#view.setUint16(this.#length + 2, value.length);
    this.#bytes.set(value, this.#length + 4);
    this.#length += 4 + ((value.length + 3) & ~3);
    this.#view.setUint16(2, this.#length - 20);
    return this;
  }

  /** Adds MESSAGE-INTEGRITY by a short-term password (RFC 8489 section 14.5). */
  integrity(password: string): this {
    this.#view.setUint16(2, this.#length - 20 + 24);
    const mac = createHmac("sha1", password).update(this.#bytes.subarray(0, this.#length));
    return this.attribute(0x0008, mac.digest());
  }

  /** Adds FINGERPRINT and returns the message. */
  finish(): Uint8Array {
    this.#view.setUint16(2, this.#length - 20 + 8);
    const value = new Uint8Array(4);
    new DataView(value.buffer).setUint32(0, fingerprintOf(this.#bytes.subarray(0, this.#length)));
    this.attribute(0x8028, value);
    return this.#bytes.subarray(0, this.#length);
  }
}
