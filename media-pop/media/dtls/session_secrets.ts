import { createHash } from "node:crypto";
import { concat } from "./concat.ts";
import { prf } from "./prf.ts";
import { RecordCipher } from "./record_cipher.ts";

/** SRTP master keys and salts of both directions (RFC 5764 section 4.2). */
export interface SrtpKeys {
  clientKey: Uint8Array;
  serverKey: Uint8Array;
  clientSalt: Uint8Array;
  serverSalt: Uint8Array;
}

/** What both sides compute once they share a secret: TLS 1.2 with extended master secret. */
export class SessionSecrets {
  readonly client: RecordCipher;
  readonly server: RecordCipher;
  readonly #master: Uint8Array;
  readonly #clientRandom: Uint8Array;
  readonly #serverRandom: Uint8Array;

  /** `transcript` is every handshake message up to ClientKeyExchange (RFC 7627 section 4). */
  constructor(
    shared: Uint8Array,
    transcript: Uint8Array[],
    clientRandom: Uint8Array,
    serverRandom: Uint8Array,
  ) {
    this.#master = prf(shared, "extended master secret", hash(transcript), 48);
    this.#clientRandom = clientRandom;
    this.#serverRandom = serverRandom;
    const seed = concat(serverRandom, clientRandom);
    const keys = prf(this.#master, "key expansion", seed, 40);
    this.client = new RecordCipher(keys.subarray(0, 16), keys.subarray(32, 36));
    this.server = new RecordCipher(keys.subarray(16, 32), keys.subarray(36, 40));
  }

  /** The 12 bytes of Finished (RFC 5246 section 7.4.9). */
  finished(side: "client" | "server", transcript: Uint8Array[]): Uint8Array {
    return prf(this.#master, `${side} finished`, hash(transcript), 12);
  }

  /** Exported keys of SRTP_AES128_CM_HMAC_SHA1_80. */
  srtpKeys(): SrtpKeys {
    const seed = concat(this.#clientRandom, this.#serverRandom);
    const keys = prf(this.#master, "EXTRACTOR-dtls_srtp", seed, 60);
    return {
      clientKey: keys.subarray(0, 16),
      serverKey: keys.subarray(16, 32),
      clientSalt: keys.subarray(32, 46),
      serverSalt: keys.subarray(46, 60),
    };
  }
}

function hash(transcript: Uint8Array[]): Uint8Array {
  return createHash("sha256").update(concat(...transcript)).digest();
}
