/** One reused buffer with views of every length it was sent with. */
export interface PacketSlot {
  readonly bytes: Uint8Array;
  /** The first `length` bytes; made once a length, then reused. */
  view(length: number): Uint8Array;
}

/**
 * A ring of reused buffers for packets on their way out. A slot comes round again after `slots`
 * packets, long after the kernel has taken it. `next` is O(1) and allocates nothing.
 */
export class PacketRing {
  readonly #slots: PacketSlot[];
  #at = 0;

  constructor(slots: number, size: number) {
    this.#slots = Array.from({ length: slots }, () => makeSlot(size));
  }

  next(): PacketSlot {
    this.#at = (this.#at + 1) % this.#slots.length;
    return this.#slots[this.#at];
  }
}

function makeSlot(size: number): PacketSlot {
  const bytes = new Uint8Array(size);
  const views = new Map<number, Uint8Array>();
  return {
    bytes,
    view: (length) => {
      let view = views.get(length);
      if (!view) views.set(length, view = bytes.subarray(0, length));
      return view;
    },
  };
}
