/** A range of addresses that a trunk's calls come from. */
export interface SourcePrefix {
  family: 4 | 6;
  /** The first address of the range, as a number of 32 or 128 bits. */
  first: bigint;
  /** How many leading bits are fixed. */
  length: number;
}

/**
 * Reads an address or prefix (RFC 4632, RFC 4291): "203.0.113.7", "203.0.113.0/24",
 * "2001:db8::/48". Null: it is none, or an IPv4 address dressed up as IPv6 (`::ffff:…`), which
 * would slip past rules for IPv4.
 */
export function sourcePrefix(text: string): SourcePrefix | null {
  const [address, given, rest] = text.split("/");
  if (rest !== undefined || (given !== undefined && !/^[0-9]{1,3}$/.test(given))) return null;
  const family = address.includes(":") ? 6 : 4;
  const bits = family === 4 ? 32 : 128;
  const length = given === undefined ? bits : Number(given);
  const value = family === 4 ? ipv4(address) : ipv6(address);
  if (value === null || length > bits) return null;
  const free = BigInt(bits - length);
  const first = (value >> free) << free;
  if (family === 6 && first >> 32n === 0xffffn) return null;
  return { family, first, length };
}

function ipv4(text: string): bigint | null {
  const bytes = text.split(".").map((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) ? +part : 256);
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return null;
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function ipv6(text: string): bigint | null {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !URL.canParse(`http://[${text}]/`)) return null;
  // The URL parser has written it out canonically: hexadecimal groups and at most one "::".
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head, tail] = canonical.split("::").map((half) => half === "" ? [] : half.split(":"));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...new Array<string>(zeros).fill("0"), ...(tail ?? [])]
    .reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
