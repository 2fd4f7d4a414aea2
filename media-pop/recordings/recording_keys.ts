import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

const TAG = 16;
const NONCE = 12;

/** A recording's key, wrapped by one of the PoP's keys. */
export interface WrappedKey {
  keyId: string;
  /** Nonce, wrapped key and tag, base64url. */
  wrapped: string;
}

/** The PoP's keys that wrap recordings' own keys (AES-256-GCM). */
export class RecordingKeys {
  readonly #keys = new Map<string, Uint8Array>();
  readonly #current: string;

  /**
   * @param text comma list of "id:key", a key being 32 bytes as base64url. The first one wraps new
   * recordings, all of them open old ones.
   * @throws AntiphonError `configuration_invalid`
   */
  constructor(text: string) {
    for (const part of text.split(",")) {
      const match = /^([a-z0-9-]{1,32}):([A-Za-z0-9_-]{43})$/.exec(part.trim());
      if (!match) {
        throw new AntiphonError(
          "configuration_invalid",
          "Set RECORDING_KEYS to a comma list of id:key, each key 32 bytes as base64url",
        );
      }
      this.#keys.set(match[1], new Uint8Array(Buffer.from(match[2], "base64url")));
    }
    this.#current = this.#keys.keys().next().value!;
  }

  /** Makes a recording's key. `recordingId` is bound to it. */
  make(recordingId: string): { key: Uint8Array } & WrappedKey {
    const key = new Uint8Array(randomBytes(32));
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv("aes-256-gcm", this.#keys.get(this.#current)!, nonce);
    cipher.setAAD(Buffer.from(recordingId));
    const sealed = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { key, keyId: this.#current, wrapped: sealed.toString("base64url") };
  }

  /** Opens a recording's key. @throws AntiphonError `unavailable` without the key that wrapped it */
  open(recordingId: string, { keyId, wrapped }: WrappedKey): Uint8Array {
    const by = this.#keys.get(keyId);
    const message = "The recording's key cannot be opened: add the key that wrapped it";
    if (!by) throw new AntiphonError("unavailable", message, { data: { keyId } });
    const bytes = Buffer.from(wrapped, "base64url");
    try {
      const decipher = createDecipheriv("aes-256-gcm", by, bytes.subarray(0, NONCE));
      decipher.setAAD(Buffer.from(recordingId));
      decipher.setAuthTag(bytes.subarray(-TAG));
      const key = decipher.update(bytes.subarray(NONCE, -TAG));
      return new Uint8Array(Buffer.concat([key, decipher.final()]));
    } catch (cause) {
      throw new AntiphonError("unavailable", message, { cause, data: { keyId } });
    }
  }
}
