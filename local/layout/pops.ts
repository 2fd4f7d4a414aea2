/** The PoPs of the platform on one machine, one a region. */
export const POPS = [
  { id: "FRA", name: "Frankfurt", region: "eu-central" },
  { id: "NYC", name: "New York", region: "us-east" },
] as const;
