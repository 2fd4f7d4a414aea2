/** An IP address as a number of 32 (IPv4) or 128 (IPv6) bits. */
export interface Address {
  bits: 32 | 128;
  value: bigint;
}

/**
 * Reads an IPv4 or IPv6 address in text form (RFC 4291 section 2.2, with or without brackets and
 * zone). An IPv4-mapped IPv6 address counts as its IPv4 address. Null if it is none.
 */
export function parseAddress(text: string): Address | null {
  const plain = text.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!plain.includes(":")) {
    const value = parseV4(plain);
    return value === null ? null : { bits: 32, value };
  }
  const value = parseV6(plain);
  if (value === null) return null;
  return value >> 32n === 0xffffn
    ? { bits: 32, value: value & 0xffff_ffffn }
    : { bits: 128, value };
}

function parseV4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = value << 8n | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groups);
  if (!head || (halves.length === 2 && !tail)) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return all.reduce((value, group) => value << 16n | group, 0n);
}

function groups(half: string): bigint[] | null {
  if (half === "") return [];
  const found: bigint[] = [];
  const parts = half.split(":");
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part.includes(".")) {
      const v4 = parseV4(part);
      if (v4 === null) return null;
      found.push(v4 >> 16n, v4 & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) found.push(BigInt(`0x${part}`));
    else return null;
  }
  return found;
}
