import { device, type Site } from "./site.ts";

/**
 * The nftables rules with which a site is deaf to others: nothing that comes over those lines gets
 * in or through. Replaces what stood there before, in one transaction.
 */
export function cutRules(from: readonly Site[]): string {
  const table = "table inet cut";
  const fresh = `${table} {}\ndelete ${table}\n`;
  if (from.length === 0) return fresh;
  const devices = from.map((site) => `"${device(site)}"`).join(", ");
  return `${fresh}${table} {
  chain arriving {
    type filter hook prerouting priority -300
    iifname { ${devices} } drop
  }
}
`;
}
