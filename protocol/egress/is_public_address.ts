/** Prefixes that are not on the public internet (IANA special-purpose registries, RFC 6890). */
const SPECIAL_V4: readonly [number, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
].map(([address, bits]) => [v4(address as string)!, bits as number]);

/**
 * Whether an IP address lies on the public internet. IPv6 counts only global unicast (2000::/3)
 * outside documentation, Teredo, 6to4 and ORCHID prefixes.
 */
export function isPublicAddress(address: string): boolean {
  const four = v4(address);
  if (four !== null) {
    return !SPECIAL_V4.some(([prefix, bits]) => (four ^ prefix) >>> (32 - bits) === 0);
  }
  const lower = address.toLowerCase();
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/.exec(lower);
  if (mapped) return isPublicAddress(mapped[1]);
  if (!/^[23][0-9a-f]{3}:/.test(lower)) return false;
  return !/^(2001:(0{1,4}|0?db8|0?0?[12][0-9a-f]?)?:|2002:|3fff:)/.test(lower);
}

function v4(address: string): number | null {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((p) => /^(0|[1-9][0-9]{0,2})$/.test(p) && +p < 256)) {
    return null;
  }
  return parts.reduce((sum, part) => (sum << 8) | +part, 0) >>> 0;
}
