import { HOST } from "./host.ts";
import { type Placement, type SiteName, type SitePlan, SITES } from "./sites.ts";

/** A site's plan where it is not left to itself. */
export type SiteOptions = Partial<Record<SiteName, Partial<SitePlan>>>;

const PLACEMENT: Placement = {
  "control-plane": "control",
  edge: "control",
  FRA: "eu-central",
  NYC: "us-east",
};

/** The plan of every site: on this machine's loopback, unless told otherwise. */
export function sitePlans(options: SiteOptions = {}): Readonly<Record<SiteName, SitePlan>> {
  const plans = SITES.map((site) => [site, { host: HOST, prefix: [], ...options[site] }]);
  return Object.fromEntries(plans);
}

/** What stands where: each PoP in its region, the rest at the control plane's site. */
export function placementOf(options: Partial<Placement> = {}): Placement {
  return { ...PLACEMENT, ...options };
}
