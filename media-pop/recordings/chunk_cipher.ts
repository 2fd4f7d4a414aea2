import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv } from "node:crypto";

/** Bytes that sealing adds to a chunk. */
export const CHUNK_OVERHEAD = 16;

/**
 * Seals a recording's chunks with AES-256-GCM (NIST SP 800-38D) under the recording's own key. The
 * nonce is the chunk's number, which is never used twice under a key; it is what keeps chunks in
 * their places. O(chunk).
 */
export class ChunkCipher {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  seal(number: number, plain: Uint8Array): Uint8Array<ArrayBuffer> {
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce(number));
    const sealed = new Uint8Array(plain.length + CHUNK_OVERHEAD);
    sealed.set(cipher.update(plain));
    cipher.final();
    sealed.set(cipher.getAuthTag(), plain.length);
    return sealed;
  }

  /** The chunk's plain bytes; null when it was cut short or changed. */
  open(number: number, sealed: Uint8Array): Uint8Array<ArrayBuffer> | null {
    if (sealed.length < CHUNK_OVERHEAD) return null;
    const decipher = createDecipheriv("aes-256-gcm", this.#key, nonce(number));
    decipher.setAuthTag(sealed.subarray(-CHUNK_OVERHEAD));
    const plain = new Uint8Array(decipher.update(sealed.subarray(0, -CHUNK_OVERHEAD)));
    try {
      decipher.final();
      return plain;
    } catch {
      return null;
    }
  }
}

function nonce(number: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(number, 6, 6);
  return bytes;
}
