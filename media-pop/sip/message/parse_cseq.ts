import { malformed } from "./malformed.ts";

/** CSeq (RFC 3261 section 20.16). */
export interface CSeq {
  /** Below 2^31. */
  readonly number: number;
  readonly method: string;
}

const CSEQ = /^(\d{1,20})\s+(\S+)$/;

/**
 * Parses the CSeq value.
 *
 * @throws sip_malformed, also for a number of 2^31 and above (section 8.1.1.5)
 */
export function parseCseq(text: string): CSeq {
  const found = CSEQ.exec(text);
  if (!found) throw malformed("Malformed CSeq");
  const number = Number(found[1]);
  if (number > 0x7fffffff) throw malformed("CSeq Out Of Range");
  return { number, method: found[2] };
}
