/** Where something of the lab stands: the platform's three sites, and the world outside. */
export const SITES = ["eu-central", "us-east", "control", "world"] as const;
export type Site = (typeof SITES)[number];

/** A site's stable address: the same whichever link is down. */
export const ADDRESS: Readonly<Record<Site, string>> = {
  "eu-central": "10.91.1.1",
  "us-east": "10.91.2.1",
  control: "10.91.3.1",
  world: "10.91.4.1",
};

/** The pairs of sites that a long line joins. The world is next to the control plane's site. */
export const LINES = [
  ["eu-central", "us-east"],
  ["eu-central", "control"],
  ["us-east", "control"],
] as const satisfies readonly (readonly [Site, Site])[];

/** The network device at a site that leads to another. */
export function device(to: Site): string {
  return `to-${to}`;
}
