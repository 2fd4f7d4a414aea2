import { ByteWriter } from "./byte_writer.ts";
import { concat } from "./concat.ts";
import type { RecordCipher } from "./record_cipher.ts";

/** A record to send: again and again under new numbers, should it get lost. */
export interface OutgoingRecord {
  type: number;
  epoch: 0 | 1;
  body: Uint8Array;
}

const MTU = 1200;

/** Numbers, seals and packs outgoing records (RFC 6347 section 4.1). */
export class RecordLayer {
  /** Seals epoch 1. */
  cipher: RecordCipher | undefined;
  readonly #send: (datagram: Uint8Array) => void;
  readonly #numbers = [0, 0];

  constructor(send: (datagram: Uint8Array) => void) {
    this.#send = send;
  }

  /** Sends records in as few datagrams as fit below 1200 bytes. */
  send(records: OutgoingRecord[]): void {
    let datagram: Uint8Array = new Uint8Array();
    for (const record of records) {
      const bytes = this.#frame(record);
      if (datagram.length > 0 && datagram.length + bytes.length > MTU) {
        this.#send(datagram);
        datagram = new Uint8Array();
      }
      datagram = concat(datagram, bytes);
    }
    if (datagram.length > 0) this.#send(datagram);
  }

  #frame({ type, epoch, body }: OutgoingRecord): Uint8Array {
    const header = new ByteWriter().number(1, type).number(2, 0xfefd).number(2, epoch)
      .number(6, this.#numbers[epoch]++).finish();
    const sealed = epoch === 1 ? this.cipher!.seal(header, body) : body;
    return new ByteWriter().bytes(header).vector(2, sealed).finish();
  }
}
