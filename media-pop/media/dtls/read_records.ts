/** One record as received. */
export interface IncomingRecord {
  type: number;
  epoch: number;
  /** Header and body. */
  whole: Uint8Array;
  body: Uint8Array;
}

/**
 * Splits a datagram into its records (RFC 6347 section 4.1). What is cut short or of another
 * version than DTLS 1.0 or 1.2 ends the list, without an error. Views, no copies.
 */
export function readRecords(datagram: Uint8Array): IncomingRecord[] {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const records: IncomingRecord[] = [];
  let at = 0;
  while (at + 13 <= datagram.length) {
    const version = view.getUint16(at + 1);
    const end = at + 13 + view.getUint16(at + 11);
    if (end > datagram.length || (version !== 0xfefd && version !== 0xfeff)) break;
    records.push({
      type: datagram[at],
      epoch: view.getUint16(at + 3),
      whole: datagram.subarray(at, end),
      body: datagram.subarray(at + 13, end),
    });
    at = end;
  }
  return records;
}
