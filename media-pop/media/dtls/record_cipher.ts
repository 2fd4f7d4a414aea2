import { createCipheriv, createDecipheriv } from "node:crypto";
import { PacketIndex } from "../srtp/packet_index.ts";
import { ByteWriter } from "./byte_writer.ts";
import { concat } from "./concat.ts";

const TAG = 16;
const EXPLICIT = 8;

/** Protects records of epoch 1 in one direction: AES-128-GCM (RFC 5288, RFC 6347 section 4.1.2). */
export class RecordCipher {
  readonly #key: Uint8Array;
  readonly #iv: Uint8Array;
  readonly #window = new PacketIndex();

  /** `key` is 16 bytes, `iv` the 4 implicit bytes of the nonce. */
  constructor(key: Uint8Array, iv: Uint8Array) {
    this.#key = key;
    this.#iv = iv;
  }

  /** The body of a record with this header of 11 bytes (all but the length). */
  seal(header: Uint8Array, plain: Uint8Array): Uint8Array {
    const explicit = header.subarray(3, 11);
    const cipher = createCipheriv("aes-128-gcm", this.#key, concat(this.#iv, explicit));
    cipher.setAAD(additional(header, plain.length));
    const sealed = concat(cipher.update(plain), cipher.final());
    return concat(explicit, sealed, cipher.getAuthTag());
  }

  /** Opens a whole record; undefined when forged, replayed or too old. O(length). */
  open(record: Uint8Array): Uint8Array | undefined {
    const size = record.length - 13 - EXPLICIT - TAG;
    if (size < 0) return undefined;
    const view = new DataView(record.buffer, record.byteOffset, record.length);
    const sequence = view.getUint16(5) * 2 ** 32 + view.getUint32(7);
    if (!this.#window.guessWhole(sequence)) return undefined;
    const nonce = concat(this.#iv, record.subarray(13, 13 + EXPLICIT));
    const options = { authTagLength: TAG };
    const decipher = createDecipheriv("aes-128-gcm", this.#key, nonce, options);
    decipher.setAAD(additional(record, size));
    decipher.setAuthTag(record.subarray(record.length - TAG));
    try {
      const sealed = record.subarray(13 + EXPLICIT, record.length - TAG);
      const plain = concat(decipher.update(sealed), decipher.final());
      this.#window.take();
      return plain;
    } catch {
      // Forged or damaged records are dropped without an alert (RFC 6347 section 4.1.2.7).
      return undefined;
    }
  }
}

function additional(header: Uint8Array, size: number): Uint8Array {
  return new ByteWriter().bytes(header.subarray(3, 11)).bytes(header.subarray(0, 3))
    .number(2, size).finish();
}
