const ALPHABET = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
);
const PAD = "=".charCodeAt(0);
const ZERO = "0".charCodeAt(0);
/** Bytes beside payload: names, numbers, the stream's id. */
const AROUND = 512;

/**
 * Writes `media` frames as bytes: the JSON around a packet's audio is made once, numbers and base64
 * are written in place. No allocation a packet.
 */
export class MediaFrameWriter {
  /** The frame that was written last, up to what `write` answered. */
  readonly bytes: Uint8Array;
  readonly #head: Uint8Array;
  readonly #chunk = new TextEncoder().encode('","media":{"track":"inbound","chunk":"');
  readonly #timestamp = new TextEncoder().encode('","timestamp":"');
  readonly #payload = new TextEncoder().encode('","payload":"');
  readonly #tail = new TextEncoder().encode('"}}');
  #at = 0;

  /** `largest`: bytes of audio in one frame at most. */
  constructor(streamSid: string, largest: number) {
    const sid = JSON.stringify(streamSid);
    this.#head = new TextEncoder().encode(
      `{"event":"media","streamSid":${sid},"sequenceNumber":"`,
    );
    this.bytes = new Uint8Array(AROUND + this.#head.length + Math.ceil(largest / 3) * 4);
  }

  /** Writes a frame; answers its length. `timestamp`: milliseconds since the stream began. */
  write(
    audio: Uint8Array,
    size: number,
    sequence: number,
    chunk: number,
    timestamp: number,
  ): number {
    this.#at = 0;
    this.#copy(this.#head);
    this.#number(sequence);
    this.#copy(this.#chunk);
    this.#number(chunk);
    this.#copy(this.#timestamp);
    this.#number(Math.max(0, Math.round(timestamp)));
    this.#copy(this.#payload);
    this.#base64(audio, size);
    this.#copy(this.#tail);
    return this.#at;
  }

  #copy(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #number(value: number): void {
    let scale = 1;
    while (scale * 10 <= value) scale *= 10;
    for (; scale >= 1; scale = Math.floor(scale / 10)) {
      this.bytes[this.#at++] = ZERO + Math.floor(value / scale) % 10;
    }
  }

  #base64(audio: Uint8Array, size: number): void {
    const out = this.bytes;
    let at = this.#at;
    let i = 0;
    for (; i + 2 < size; i += 3) {
      const bits = (audio[i] << 16) | (audio[i + 1] << 8) | audio[i + 2];
      out[at++] = ALPHABET[bits >> 18];
      out[at++] = ALPHABET[(bits >> 12) & 63];
      out[at++] = ALPHABET[(bits >> 6) & 63];
      out[at++] = ALPHABET[bits & 63];
    }
    if (i < size) {
      const two = i + 1 < size;
      const bits = (audio[i] << 16) | (two ? audio[i + 1] << 8 : 0);
      out[at++] = ALPHABET[bits >> 18];
      out[at++] = ALPHABET[(bits >> 12) & 63];
      out[at++] = two ? ALPHABET[(bits >> 6) & 63] : PAD;
      out[at++] = PAD;
    }
    this.#at = at;
  }
}
