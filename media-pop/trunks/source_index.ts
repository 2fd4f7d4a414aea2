import { parseAddress } from "./parse_address.ts";

/**
 * Source prefixes prepared for longest-prefix match: one hash look-up for each distinct prefix
 * length, however many prefixes there are.
 */
export class SourceIndex<T> {
  /** By address size, longest prefix first: prefix length and the entries by masked address. */
  readonly #tables: Record<32 | 128, [length: number, entries: Map<bigint, T[]>][]>;

  /** @param entries each with its prefixes, "203.0.113.7", "203.0.113.0/24" or "2001:db8::/48". */
  constructor(entries: Iterable<{ sources: readonly string[]; value: T }>) {
    const tables = { 32: new Map(), 128: new Map() } as Record<
      32 | 128,
      Map<number, Map<bigint, T[]>>
    >;
    for (const { sources, value } of entries) {
      for (const source of sources) {
        const [text, suffix] = source.split("/");
        const address = parseAddress(text);
        if (!address) continue;
        const mapped = address.bits === 32 && text.includes(":");
        const length = suffix === undefined ? address.bits : Number(suffix) - (mapped ? 96 : 0);
        if (!(length >= 0 && length <= address.bits)) continue;
        const table = tables[address.bits];
        const rows = table.get(length) ?? new Map<bigint, T[]>();
        table.set(length, rows);
        const key = mask(address.value, address.bits, length);
        rows.set(key, [...rows.get(key) ?? [], value]);
      }
    }
    const sorted = (table: Map<number, Map<bigint, T[]>>) =>
      [...table].sort(([a], [b]) => b - a) as [number, Map<bigint, T[]>][];
    this.#tables = { 32: sorted(tables[32]), 128: sorted(tables[128]) };
  }

  /** All entries that name the longest prefix holding this address; empty if none does. */
  match(source: string): readonly T[] {
    const address = parseAddress(source);
    if (!address) return [];
    for (const [length, rows] of this.#tables[address.bits]) {
      const found = rows.get(mask(address.value, address.bits, length));
      if (found) return found;
    }
    return [];
  }
}

function mask(value: bigint, bits: number, length: number): bigint {
  const host = BigInt(bits - length);
  return value >> host << host;
}
