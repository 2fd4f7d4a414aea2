import { device, type Site } from "./site.ts";

/**
 * The nftables rules that count RTP and SRTP (RFC 3550: UDP whose first two bits say version 2)
 * arriving at a site from others. DTLS and STUN begin otherwise; DNS is not spoken here.
 */
export function countRules(from: readonly Site[]): string {
  const devices = from.map((site) => `"${device(site)}"`).join(", ");
  return `table inet counted {
  counter rtp {}
  chain arriving {
    type filter hook prerouting priority -400
    iifname { ${devices} } meta l4proto udp @th,64,2 2 counter name "rtp"
  }
}
`;
}

/** Packets counted, of what `nft -j list counters` prints. */
export function countedPackets(json: string): number {
  const { nftables } = JSON.parse(json) as {
    nftables: { counter?: { name: string; packets: number } }[];
  };
  return nftables.reduce((sum, { counter }) => sum + (counter?.packets ?? 0), 0);
}
