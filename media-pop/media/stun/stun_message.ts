/** What a STUN message says (RFC 8489 section 5), as far as an ICE-lite agent asks. */
export interface StunMessage {
  /** Method and class: 0x0001 is a Binding request. */
  type: number;
  /** 12 bytes, a view into the packet. */
  transactionId: Uint8Array;
  /** Our and the peer's username fragment, from USERNAME `ours:theirs`. */
  username?: { ours: string; theirs: string };
  useCandidate: boolean;
  /** The peer claims the controlled role, which is ours (RFC 8445 section 7.3.1.1). */
  controlled: boolean;
  /** Offset of MESSAGE-INTEGRITY, -1 when absent. */
  integrityAt: number;
  /** Attributes that must be understood and are not. */
  unknown: number[];
}
